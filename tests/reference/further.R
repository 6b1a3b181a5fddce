# Further expected results for kinfolk-stats on made-up rows, from R: survival, cmprsk, clubSandwich, MASS,
# boot and stats. Each case draws its rows from a seed of its own and writes them out.
# Rscript further.R, in this folder.
suppressMessages({
  library(boot)
  library(clubSandwich)
  library(cmprsk)
  library(jsonlite)
  library(MASS)
  library(survival)
})

here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))

# ---- time to an event ----------------------------------------------------------------------------

# Rows with ties, an arm, a covariate, two strata, clusters and weights.
rows <- function(seed) {
  set.seed(seed)
  n <- sample(25:70, 1)
  arm <- rbinom(n, 1, 0.5)
  age <- round(runif(n, 4, 17), 1)
  time <- pmax(1, round(rexp(n, 0.02 * exp(0.5 * arm - 0.03 * age))))
  end <- sample(c(30, 60, 90), n, replace = TRUE)
  data.frame(time = pmin(time, end), event = as.integer(time <= end), arm, age,
    stratum = rbinom(n, 1, 0.4), cluster = sample(0:8, n, replace = TRUE),
    weight = round(runif(n, 0.2, 3), 3))
}

# Times in steps of `width`: the wider, the more rows share one.
survival_case <- function(seed, width = 1, tau = 25) {
  d <<- rows(seed) # cox.zph looks for the rows outside
  d$time <<- ceiling(d$time / width)
  case <- as.list(d)
  case$name <- paste("rows of seed", seed, "in steps of", width)
  s <<- Surv(d$time, d$event)
  lr <- survdiff(s ~ arm, d)
  ls <- survdiff(s ~ arm + strata(stratum), d)
  case$log_rank <- lr$chisq
  case$log_rank_stratified <- ls$chisq
  tight <- coxph.control(eps = 1e-14, toler.chol = 1e-15, iter.max = 100)
  fit <- coxph(s ~ arm + age, d, ties = "efron", control = tight)
  case$cox <- list(coefficients = unname(coef(fit)), errors = unname(sqrt(diag(vcov(fit)))),
    log_likelihood = fit$loglik, score = fit$score)
  zph <- cox.zph(fit, transform = "km", terms = FALSE)
  case$zph <- unname(zph$table[, "chisq"])
  strat <- coxph(s ~ arm + age + strata(stratum), d, ties = "efron", control = tight)
  case$cox_strata <- list(coefficients = unname(coef(strat)), errors = unname(sqrt(diag(vcov(strat)))))
  robust <- coxph(s ~ arm + age, d, cluster = cluster, ties = "efron", control = tight)
  case$cox_cluster <- unname(sqrt(diag(robust$var)))
  heavy <- coxph(s ~ arm + age, d, weights = weight, cluster = cluster, ties = "efron", control = tight)
  case$cox_weighted <- list(coefficients = unname(coef(heavy)), errors = unname(sqrt(diag(heavy$var))))
  fit <- survfit(s ~ 1, d)
  mean <- summary(fit, rmean = tau)$table[c("rmean", "se(rmean)")]
  case$tau <- tau
  case$restricted_mean <- unname(mean)
  # Weighted curves with the infinitesimal jackknife.
  w <- survfit(s ~ 1, d, weights = weight, robust = TRUE, conf.type = "log-log")
  auc <- residuals(w, times = tau, type = "auc")
  sw <- summary(w, censored = TRUE)
  case$weighted <- list(time = sw$time, survival = sw$surv, error = sw$std.err, at_risk = sw$n.risk,
    lower = sw$lower, upper = sw$upper,
    mean = unname(summary(w, rmean = tau)$table["rmean"]),
    mean_error = sqrt(sum((d$weight * as.vector(auc))^2)))
  # Endings: 0 watched to the end, 1 and 2 compete.
  set.seed(seed + 1000)
  case$cause <- ifelse(d$event == 1, 1 + rbinom(nrow(d), 1, 0.4), 0)
  test <- cuminc(d$time, case$cause, d$arm)$Tests
  case$gray <- unname(test[, "stat"])
  case
}

# ---- small tables --------------------------------------------------------------------------------

# Newcombe's interval of a difference of paired shares (1998, method 10), from its formulas.
newcombe_paired <- function(a, b, c, d, z = qnorm(0.975)) {
  n <- a + b + c + d
  wilson <- function(x) {
    m <- (x + z^2 / 2) / (n + z^2)
    r <- z * sqrt(x * (n - x) / n + z^2 / 4) / (n + z^2)
    c(m - r, m + r)
  }
  p1 <- (a + b) / n
  p2 <- (a + c) / n
  l1 <- wilson(a + b)
  l2 <- wilson(a + c)
  top <- a * d - b * c
  top <- if (top > n / 2) top - n / 2 else if (top >= 0) 0 else top
  under <- (a + b) * (c + d) * (a + c) * (b + d)
  phi <- if (under == 0) 0 else top / sqrt(under)
  half <- function(u, v) sqrt(max(0, u^2 - 2 * phi * u * v + v^2))
  delta <- p1 - p2
  c(delta, delta - half(p1 - l1[1], l2[2] - p2), delta + half(l1[2] - p1, p2 - l2[1]))
}

# A fair coin's chance of so uneven a parting of those who changed: exact, and mid-p (Fagerland 2013).
changed_chances <- function(b, c) {
  if (b + c == 0) return(c(1, 0.5))
  here <- dbinom(b, b + c, 0.5)
  exact <- binom.test(b, b + c)$p.value
  c(exact, exact - here * if (b == c) 0.5 else 1)
}

# Fisher's test of two shares: two-sided, less, greater, and two-sided with equally likely tables by half.
fisher_chances <- function(two) {
  table <- matrix(c(two[1], two[2] - two[1], two[3], two[4] - two[3]), 2)
  p <- function(alternative) fisher.test(table, alternative = alternative)$p.value
  yes <- two[1] + two[3]
  chances <- dhyper(max(0, yes - two[4]):min(two[2], yes), two[2], two[4], yes)
  here <- dhyper(two[1], two[2], two[4], yes)
  alike <- sum(chances[abs(chances / here - 1) < 1e-7])
  c(p("two.sided"), p("less"), p("greater"), min(1, p("two.sided")) - alike / 2)
}

table_case <- function(seed, means = c(9, 5, 3, 7), shares = c(0.3, 0.6)) {
  set.seed(seed)
  cells <- rpois(4, means)
  two <- c(rbinom(1, 14, shares[1]), 14, rbinom(1, 19, shares[2]), 19)
  list(name = paste("table of seed", seed), cells = cells,
    newcombe = newcombe_paired(cells[1], cells[2], cells[3], cells[4]),
    mcnemar = changed_chances(cells[2], cells[3]),
    fisher = fisher_chances(two),
    two = two,
    score = prop.test(two[1], two[2], correct = FALSE)$conf.int[1:2],
    holm = { p <- round(runif(6), 4); list(p = p, adjusted = p.adjust(p, "holm")) })
}

# ---- regression with few clusters ----------------------------------------------------------------

cluster_case <- function(seed) {
  set.seed(seed)
  n <- 60
  cluster <- sample(0:6, n, replace = TRUE)
  x <- round(rnorm(n), 2)
  arm <- as.integer(cluster %% 2 == 0)
  weight <- round(runif(n, 0.5, 2), 2)
  y <- round(1 + 0.5 * arm - 0.3 * x + 0.4 * cluster / 3 + rnorm(n), 3)
  fit <- lm(y ~ arm + x, weights = weight)
  test <- coef_test(fit, vcov = vcovCR(fit, cluster, "CR2"), test = "Satterthwaite")
  list(name = paste("clusters of seed", seed), y = y, arm = arm, x = x, weight = weight, cluster = cluster,
    coefficients = unname(coef(fit)), errors = test$SE, degrees = test$df_Satt)
}

# ---- events in time ------------------------------------------------------------------------------

rate_case <- function(seed, size = 1.2) {
  set.seed(seed)
  n <- 45
  arm <- rbinom(n, 1, 0.5)
  years <- round(runif(n, 0.3, 3), 2)
  events <- rnbinom(n, mu = years * exp(0.3 + 0.5 * arm), size = size)
  quasi <- glm(events ~ arm + offset(log(years)), quasipoisson, control = glm.control(1e-15, 200))
  # glm.nb stops its search early (its coefficients may be out by 1e-8), so Newton's steps on the
  # likelihood in coefficients and theta go on from there until they rest.
  start <- glm.nb(events ~ arm + offset(log(years)))
  x <- cbind(1, arm)
  beta <- coef(start)
  theta <- start$theta
  for (turn in 1:100) {
    mu <- years * exp(as.vector(x %*% beta))
    information <- crossprod(x, mu * theta * (theta + events) / (theta + mu)^2 * x)
    beta <- beta + solve(information, crossprod(x, (events - mu) * theta / (theta + mu)))
    slope <- sum(digamma(events + theta) - digamma(theta) + log(theta) + 1 - log(theta + mu) -
      (events + theta) / (theta + mu))
    curve <- sum(trigamma(events + theta) - trigamma(theta) + 1 / theta - 2 / (theta + mu) +
      (events + theta) / (theta + mu)^2)
    theta <- theta - slope / curve
  }
  stopifnot(abs(beta - coef(start)) < 1e-6, abs(theta / start$theta - 1) < 1e-3)
  mu <- years * exp(as.vector(x %*% beta))
  own <- sqrt(diag(solve(crossprod(x, mu * theta / (theta + mu) * x))))
  list(name = paste("events of seed", seed), events = events, years = years, arm = arm,
    quasi = list(logs = unname(coef(quasi)), errors = unname(summary(quasi)$coefficients[, 2]),
      dispersion = summary(quasi)$dispersion),
    negative_binomial = list(logs = as.vector(beta), errors = unname(own), theta = theta))
}

# ---- weights and pairs ---------------------------------------------------------------------------

# Entropy balancing by its dual, with R's optimiser taken to rest by Newton's steps.
entropy <- function(x, treated) {
  target <- colMeans(x[treated == 1, , drop = FALSE])
  z <- sweep(x[treated == 0, , drop = FALSE], 2, target)
  lambda <- rep(0, ncol(z))
  for (step in 1:200) {
    w <- exp(as.vector(z %*% lambda))
    w <- w / sum(w)
    gradient <- colSums(w * z)
    hessian <- crossprod(z, w * z) - tcrossprod(gradient)
    lambda <- lambda - solve(hessian, gradient)
    if (max(abs(gradient)) < 1e-15) break
  }
  w * sum(treated)
}

# The smallest total distance of pairs on one line, all treated paired: a table over the sorted places.
smallest_total <- function(place, treated) {
  t <- sort(place[treated == 1])
  c <- sort(place[treated == 0])
  best <- c(0, rep(Inf, length(t)))
  for (control in c) {
    for (k in seq(length(t), 1)) best[k + 1] <- min(best[k + 1], best[k] + abs(control - t[k]))
  }
  best[length(t) + 1]
}

pair_case <- function(seed) {
  set.seed(seed)
  n <- 40
  treated <- rep(c(1, 0), c(12, 28))
  x <- cbind(round(rnorm(n, 0.4 * treated), 2), round(runif(n), 2))
  weights <- entropy(x, treated)
  place <- round(rnorm(n, 0.5 * treated), 3)
  differences <- round(rnorm(15, 0.6), 2)
  # Bounds on the chance of so large a sum of signed ranks, hidden bias up to gamma (Rosenbaum).
  gamma <- 1.5
  ranks <- rank(abs(differences))
  sum_up <- sum(ranks[differences > 0])
  bound <- function(p) {
    pnorm((sum_up - p * sum(ranks)) / sqrt(p * (1 - p) * sum(ranks^2)), lower.tail = FALSE)
  }
  list(name = paste("pairs of seed", seed), treated = treated, x1 = x[, 1], x2 = x[, 2], entropy = weights,
    place = place, total = smallest_total(place, treated), differences = differences, gamma = gamma,
    bounds = c(bound(1 / (1 + gamma)), bound(gamma / (1 + gamma))))
}

# ---- intervals from draws ------------------------------------------------------------------------

bca_case <- function(seed, draws) {
  set.seed(seed)
  y <- round(rexp(23), 3)
  made <- boot(y, function(y, rows) mean(y[rows]), draws)
  influence <- y - mean(y)
  level <- c(0.9, 0.95)
  # boot.ci warns where it had to take the outermost draw; such cases are not kept.
  found <- boot.ci(made, conf = level, type = "bca", L = influence)$bca
  list(name = paste("draws of seed", seed), value = made$t0, draws = as.vector(made$t), influence = influence,
    level = level, lower = found[, 4], upper = found[, 5])
}

cases <- list(
  software = list(R = R.version.string, survival = as.character(packageVersion("survival")),
    cmprsk = as.character(packageVersion("cmprsk")), boot = as.character(packageVersion("boot")),
    clubSandwich = as.character(packageVersion("clubSandwich"))),
  survival = c(lapply(1:12, survival_case), lapply(101:108, survival_case, width = 15, tau = 2)),
  # The last are sparse: many with nobody changed, or no successes in an arm.
  tables = c(lapply(1:40, table_case),
    lapply(41:60, table_case, means = c(3, 0.7, 0.5, 2), shares = c(0.05, 0.1))),
  clusters = lapply(1:8, cluster_case),
  rates = c(lapply(1:10, rate_case), lapply(11:14, rate_case, size = 0.4)),
  pairs = lapply(1:8, pair_case),
  bca = list(bca_case(1, 299), bca_case(2, 499), bca_case(3, 999))
)
text <- toJSON(cases, digits = I(17), auto_unbox = TRUE, na = "null", null = "null")
writeLines(gsub("},{", "},\n{", text, fixed = TRUE), file.path(here, "further.json"))
