# A study against comparators at the same time in care, from its tables to its estimates: pairs, balance,
# effects on two outcomes, curves, restricted means, competing ends; the effect within each authority, pooled,
# and without each. Written anew from the definitions.
# Rscript comparison.R, in this folder. Reads ../../data/demo-comparator.
suppressMessages({
  library(survival)
  library(cmprsk)
  library(clubSandwich)
  library(metafor)
  library(jsonlite)
})

folder <- "../../data/demo-comparator/"
cohort <- read.csv(paste0(folder, "cohort.csv"), na.strings = "")
events <- read.csv(paste0(folder, "events.csv"))
cohort <- cohort[order(cohort$child_id), ]
day <- function(text) as.Date(text)

# The whole study of some of the children. `own` leaves everything out but the effects; "difference" all but
# the plain difference in pairs.
study <- function(cohort, own = FALSE) {
  n <- nrow(cohort)
  start <- day(cohort$care_start)
  last <- as.integer(as.Date("2025-03-31") - start)
  joined <- as.integer(day(cohort$index_date) - start)
  birth <- day(cohort$date_of_birth)
  eighteen <- sapply(seq_len(n), function(i) {
    parts <- as.integer(strsplit(cohort$date_of_birth[i], "-")[[1]])
    if (parts[2] == 2 && parts[3] == 29) parts[3] <- 28
    as.integer(as.Date(sprintf("%d-%02d-%02d", parts[1] + 18L, parts[2], parts[3])) - start[i])
  })
  of_kind <- function(kind) lapply(seq_len(n), function(i) {
    own <- events$child_id == cohort$child_id[i] & events$kind == kind
    as.integer(day(events$date[own]) - start[i])
  })
  moves <- of_kind("placement_move")
  missing_days <- of_kind("missing")
  ends <- mapply(c, of_kind("adoption"), of_kind("return_home"), as.list(eighteen), SIMPLIFY = FALSE)
  left <- pmin(last, sapply(ends, function(days) min(c(days[days > 0], Inf))))

  X <- cbind(
    age = as.integer(start - birth) / 365.25,
    male = cohort$sex == "male",
    care_order = cohort$legal_status == "care order",
    interim_order = cohort$legal_status == "interim order",
    sdq = cohort$sdq,
    placements = cohort$placements_before
  )

  # The line: the log hazard of joining. Then the earliest first, each takes the nearest who is there.
  exit <- ifelse(is.na(joined), left, joined)
  fit <- coxph(Surv(exit, !is.na(joined)) ~ X, ties = "efron",
    control = coxph.control(eps = 1e-14, toler.chol = 1e-15, iter.max = 50))
  line <- as.numeric(X %*% coef(fit))
  caliper <- 0.2 * sd(line)
  free <- rep(TRUE, n)
  treated <- control <- integer(0)
  who <- which(!is.na(joined))
  for (i in who[order(joined[who], who)]) {
    at_risk <- free & left > joined[i] & (is.na(joined) | joined > joined[i])
    at_risk[i] <- FALSE
    apart <- ifelse(at_risk, abs(line - line[i]), Inf)
    if (min(apart) > caliper) next
    nearest <- which(apart == min(apart))[1]
    free[nearest] <- FALSE
    treated <- c(treated, i)
    control <- c(control, nearest)
  }

  # Children joined by pairs are one cluster.
  label <- seq_len(n)
  repeat {
    low <- pmin(label[treated], label[control])
    if (all(label[treated] == low & label[control] == low)) break
    for (k in seq_along(treated)) label[c(treated[k], control[k])] <- min(label[c(treated[k], control[k])])
  }

  # Before: the programme against everyone else, and those of it who were comparators once more.
  second <- control[!is.na(joined[control])]
  arm1 <- X[who, ]
  arm0 <- rbind(X[is.na(joined), ], X[second, , drop = FALSE])
  spread <- apply(arm1, 2, function(x) if (all(x %in% 0:1)) sqrt(mean(x) * (1 - mean(x))) else sd(x))
  before <- (colMeans(arm1) - colMeans(arm0)) / spread
  after <- (colMeans(X[treated, ]) - colMeans(X[control, ])) / spread

  # What came first within a year of the time in care at which the child of the programme joined.
  YEAR <- 365
  follow <- function(i, from, until, happened) {
    whole <- from + YEAR
    end <- min(whole, last[i], until)
    within <- function(days) min(c(days[days > from & days <= end], Inf))
    own <- within(happened[[i]])
    other <- within(ends[[i]])
    if (own <= other && is.finite(own)) return(c(own - from, 1))
    if (is.finite(other)) return(c(other - from, 2))
    c(end - from, if (end >= whole) 3 else 0)
  }
  rows <- rbind(
    data.frame(child = who, treated = 1, from = joined[who], until = Inf),
    data.frame(child = control, treated = 0, from = joined[treated],
      until = ifelse(is.na(joined[control]), Inf, joined[control]))
  )
  pair_of <- function(child, arm) match(child, if (arm == 1) treated else control)
  rows$pair <- mapply(pair_of, rows$child, rows$treated)
  rows$cluster <- label[rows$child]

  contrast <- function(fit, cluster, g) {
    q <- diag(length(g))
    q[which.max(abs(g)), ] <- q[1, ]
    q[1, ] <- g
    turned <- data.frame(y = model.response(model.frame(fit)), w = weights(fit))
    turned$x <- model.matrix(fit) %*% solve(q)
    again <- lm(y ~ x - 1, turned, weights = w)
    found <- coef_test(again, vcovCR(again, cluster = cluster, type = "CR2"), test = "Satterthwaite")
    c(found$beta[1], found$SE[1], found$df_Satt[1])
  }

  # G-computation for the programme's children: a logistic regression within each arm.
  g_computation <- function(d) {
    z <- X[d$child, ]
    z <- sweep(z, 2, colMeans(z[d$treated == 1, ]))
    design <- cbind(1, d$treated, z, d$treated * z)
    fit <- glm(d$y ~ design - 1, family = binomial, control = list(epsilon = 1e-14))
    target <- z[d$treated == 1, ]
    share <- function(arm) {
      x <- cbind(1, arm, target, arm * target)
      p <- as.numeric(plogis(x %*% coef(fit)))
      list(p = mean(p), g = colMeans(p * (1 - p) * x))
    }
    one <- share(1)
    none <- share(0)
    p <- fitted(fit)
    d$eta <- as.numeric(fit$linear.predictors) + (d$y - p) / (p * (1 - p))
    d$v <- p * (1 - p)
    working <- lm(eta ~ design - 1, d, weights = v)
    error <- function(a, b) contrast(working, d$cluster, a * one$g + b * none$g)[2:3]
    interval <- function(value, found) value + c(-1, 1) * qt(0.975, found[2]) * found[1]
    difference <- one$p - none$p
    log_ratio <- log(one$p / none$p)
    list(
      n = nrow(d), levels = c(one$p, none$p), difference = difference,
      interval = interval(difference, error(1, -1)), error = error(1, -1)[1],
      ratio = exp(log_ratio), ratio_interval = exp(interval(log_ratio, error(1 / one$p, -1 / none$p)))
    )
  }

  # The mean of the programme's children less what a linear regression among comparators expects of them.
  linear <- function(d) {
    one <- d$treated == 1
    z <- cbind(1, X[d$child, ])
    slopes <- lm.fit(z[!one, ], d$y[!one])$coefficients
    slopes[is.na(slopes)] <- 0
    mean(d$y[one] - z[one, ] %*% slopes)
  }

  outcome <- function(happened, value, own = FALSE) {
    d <- cbind(rows, t(mapply(follow, rows$child, rows$from, rows$until, MoreArgs = list(happened = happened))))
    names(d)[6:8] <- c("cluster", "days", "ending")
    # Curves follow a comparator until it joins; whether the event came about is asked of the whole year.
    whole <- t(mapply(follow, rows$child, rows$from, Inf, MoreArgs = list(happened = happened)))
    d$y <- value[as.character(whole[, 2])]
    whole <- tapply(!is.na(d$y), d$pair, all)
    in_pair <- !is.na(d$pair) & whole[as.character(d$pair)] %in% TRUE
    if (own == "difference") return(linear(d[in_pair, ]))
    watched <- d[!is.na(d$pair) & d$days > 0, ]
    if (own == TRUE) {
      fit <- coxph(Surv(days, ending == 1) ~ treated, watched, control = coxph.control(eps = 1e-14, toler.chol = 1e-15))
      return(c(g_computation(d[in_pair, ]), list(log_hazard = unname(coef(fit)), log_error = sqrt(vcov(fit))[1])))
    }
    km <- survfit(Surv(days, ending == 1) ~ treated, watched, conf.type = "log-log")
    at <- summary(km, times = c(91, 182, 273, 365), extend = TRUE)
    curve <- function(arm) {
      own <- at$strata == paste0("treated=", arm)
      list(share = at$surv[own], lower = at$lower[own], upper = at$upper[own])
    }
    restricted <- function(arm) {
      own <- survfit(Surv(days, ending == 1) ~ 1, watched, subset = treated == arm)
      unname(summary(own, rmean = 365)$table[c("rmean", "se(rmean)")])
    }
    one <- restricted(1)
    none <- restricted(0)
    cox <- coxph(Surv(days, ending == 1) ~ treated, watched, control = coxph.control(eps = 1e-14, toler.chol = 1e-15))
    cause <- ifelse(watched$ending == 1, 1, ifelse(watched$ending == 2, 2, 0))
    incidence <- cuminc(watched$days, cause, watched$treated)
    state <- factor(cause, 0:2, c("none", "event", "other"))
    aj <- function(arm) {
      own <- survfit(Surv(watched$days, state) ~ 1, subset = watched$treated == arm, conf.type = "log-log")
      found <- summary(own, times = c(182, 365), extend = TRUE)
      told <- function(at) list(share = found$pstate[, at], lower = found$lower[, at], upper = found$upper[, at])
      list(event = told(2), other = told(3))
    }
    list(
      counts = list(programme = c(sum(d$y[d$treated == 1], na.rm = TRUE), sum(!is.na(d$y[d$treated == 1]))),
        comparator = c(sum(d$y[d$treated == 0], na.rm = TRUE), sum(!is.na(d$y[d$treated == 0])))),
      matched = g_computation(d[in_pair, ]),
      by_authority = g_computation(transform(d[in_pair, ], cluster = cohort$authority[child])),
      curves = list(programme = curve(1), comparator = curve(0)),
      restricted_mean = list(difference = one[1] - none[1],
        interval = one[1] - none[1] + c(-1, 1) * qnorm(0.975) * sqrt(one[2]^2 + none[2]^2)),
      log_rank = pchisq(survdiff(Surv(days, ending == 1) ~ treated, watched)$chisq, 1, lower.tail = FALSE),
      hazard_ratio = unname(c(exp(coef(cox)), exp(confint(cox)))),
      incidence = list(programme = aj(1), comparator = aj(0)),
      gray = unname(incidence$Tests[, "pv"])
    )
  }

  same_home <- c("0" = NA, "1" = 0, "2" = 0, "3" = 1)
  went_missing <- c("0" = NA, "1" = 1, "2" = 0, "3" = 0)
  if (own != FALSE) return(list(same_home = outcome(moves, same_home, own), missing = outcome(missing_days, went_missing, own)))
  list(
    pairs = data.frame(treated = cohort$child_id[treated], control = cohort$child_id[control]),
    n_comparators = sum(is.na(joined)), n_second = length(second),
    balance = list(names = colnames(X), before = unname(before), after = unname(after)),
    same_home = outcome(moves, same_home), missing = outcome(missing_days, went_missing)
  )
}

# Within each authority, pooled as metafor does with an error that is never narrower, and without each.
names <- sort(unique(cohort$authority))
effects <- function(keep) lapply(setNames(names, names), function(name) study(cohort[keep(name), ], own = TRUE))
within <- effects(function(name) cohort$authority == name)
without <- effects(function(name) cohort$authority != name)
told <- function(parts, outcome) lapply(parts, function(part) part[[outcome]][c("n", "difference", "interval", "log_hazard")])
pooled <- function(outcome, value = "difference", error = "error") {
  own <- lapply(within, function(part) part[[outcome]])
  fit <- rma(sapply(own, `[[`, value), sei = sapply(own, `[[`, error), method = "REML", test = "adhoc",
    control = list(threshold = 1e-14, maxiter = 1000))
  reach <- qt(0.975, fit$k - 1) * sqrt(fit$tau2 + fit$se^2)
  list(average = as.numeric(fit$beta), interval = c(fit$ci.lb, fit$ci.ub), p_value = fit$pval,
    prediction = as.numeric(fit$beta) + c(-1, 1) * reach, tau = sqrt(fit$tau2), i_squared = fit$I2 / 100, q_p_value = fit$QEp)
}
authorities <- function(outcome) list(within = told(within, outcome), without = told(without, outcome), pooled = pooled(outcome),
  pooled_hazard = pooled(outcome, "log_hazard", "log_error"))

# Children drawn anew, each with all that it could be: a sample that is known, and how samples vary.
difference <- function(rows) study(cohort[rows, ], own = "difference")$missing
every <- seq_len(nrow(cohort))
set.seed(20250331)
draws <- replicate(300, difference(sort(sample(every, replace = TRUE))))
drawn <- list(whole = difference(every), known = difference(rep(every, (every - 1) %% 3)), error = sd(draws), n = length(draws))

result <- c(list(
  versions = list(R = paste(R.version$major, R.version$minor, sep = "."),
    survival = as.character(packageVersion("survival")),
    cmprsk = as.character(packageVersion("cmprsk")),
    clubSandwich = as.character(packageVersion("clubSandwich")),
    metafor = as.character(packageVersion("metafor")))),
  study(cohort),
  list(drawn = drawn),
  list(authorities = list(same_home = authorities("same_home"), missing = authorities("missing")))
)
write(toJSON(result, digits = NA, auto_unbox = TRUE, pretty = TRUE), "comparison.json")
