# Expected results of kinfolk-stats at the edges of tests and small tables, from R: coin, metafor, psych and
# stats, and formulas written out where R has no function. A few rows each.
# Rscript edges_of_tests.R, in this folder.
suppressMessages({
  library(coin)
  library(jsonlite)
  library(metafor)
  library(psych)
  library(survival)
})

here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))

# Uno's rule (survRM2): the curve stays at nothing beyond a last event, and says nothing beyond a last
# censoring. Area and variance from the table of survfit.
mean_case <- function(time, event, horizon) {
  fit <- survfit(Surv(time, event) ~ 1)
  seen <- fit$time <= horizon
  ends <- c(fit$time[seen], horizon)
  areas <- diff(c(0, ends)) * c(1, fit$surv[seen])
  left <- fit$n.risk[seen] - fit$n.event[seen]
  terms <- ifelse(left == 0, 0, fit$n.event[seen] / (fit$n.risk[seen] * left))
  after <- rev(cumsum(rev(areas)))[-1]
  refused <- horizon > max(time) && min(fit$surv) > 0
  list(time = time, event = event, horizon = horizon, last = max(time), refused = refused,
    mean = c(sum(areas), sqrt(sum(after^2 * terms))))
}

# Newcombe's interval of a difference of shares (1998, method 10), from the score intervals of R.
difference_case <- function(x, n, m, k, level = 0.95) {
  share <- function(s, of) suppressWarnings(prop.test(s, of, correct = FALSE, conf.level = level)$conf.int[1:2])
  a <- share(x, n)
  b <- share(m, k)
  p <- x / n
  q <- m / k
  list(table = c(x, n, m, k), level = level, first = a, second = b,
    difference = c(p - q, p - q - sqrt((p - a[1])^2 + (b[2] - q)^2), p - q + sqrt((a[2] - p)^2 + (q - b[1])^2)))
}

# Where ICC(2,k) is stepped up from below -1/(k - 1) it means nothing: null.
agreement_case <- function(ratings, level = 0.95) {
  k <- ncol(ratings)
  found <- ICC(ratings, missing = FALSE, alpha = 1 - level, lmer = FALSE)$results
  reached <- function(single) 1 + (k - 1) * single > 1e-9
  found[5, c("lower bound", "upper bound")[c(reached(found$`lower bound`[2]), reached(found$ICC[2])) == FALSE]] <- NA
  found$ICC[5] <- if (reached(found$ICC[2])) found$ICC[5] else NA
  list(ratings = ratings, level = level, icc = found$ICC, lower = found$`lower bound`, upper = found$`upper bound`)
}

# Bounds of the signed-rank test and of McNemar's under a hidden bias (Rosenbaum 2002, chapter 4).
bound_case <- function(differences, gamma) {
  d <- differences[differences != 0]
  ranks <- rank(abs(d))
  bound <- function(p) pnorm((sum(ranks[d > 0]) - p * sum(ranks)) / sqrt(p * (1 - p) * sum(ranks^2)), lower.tail = FALSE)
  list(differences = I(differences), gamma = gamma, bounds = c(bound(1 / (1 + gamma)), bound(gamma / (1 + gamma))))
}

parted_case <- function(treated, discordant, gamma) {
  bound <- function(p) pbinom(treated - 1, discordant, p, lower.tail = FALSE)
  list(treated = treated, discordant = discordant, gamma = gamma,
    bounds = c(bound(1 / (1 + gamma)), bound(gamma / (1 + gamma))))
}

# Rubin's rules with Barnard and Rubin's degrees of freedom, from their formulas. -1 stands for endless.
imputed_case <- function(estimate, variance, complete) {
  m <- length(estimate)
  within <- mean(variance)
  between <- var(estimate)
  total <- within + (1 + 1 / m) * between
  missing <- (1 + 1 / m) * between / total
  old <- (m - 1) / missing^2
  df <- if (complete < 0) old else {
    observed <- (complete + 1) / (complete + 3) * complete * (1 - missing)
    if (is.finite(old)) old * observed / (old + observed) else observed
  }
  r <- missing / (1 - missing)
  list(estimate = estimate, variance = variance, complete = complete,
    pooled = c(mean(estimate), total, missing, df, (r + 2 / (df + 3)) / (r + 1)),
    limits = mean(estimate) + c(-1, 1) * qt(0.975, df) * sqrt(total),
    p = 2 * pt(-abs(mean(estimate) / sqrt(total)), df))
}

adjusted_case <- function(p) list(p = I(p), holm = I(p.adjust(p, "holm")), benjamini_hochberg = I(p.adjust(p, "BH")))

quantile_case <- function(values, at = c(0, 0.1, 0.25, 0.35, 0.5, 0.9, 0.999, 1)) {
  list(values = I(values), at = at, quantiles = unname(quantile(values, at, type = 7)))
}

means_case <- function(first, second) {
  t <- t.test(first, second)
  sd2 <- function(x) if (length(x) > 1) sd(x) else 0
  g <- escalc("SMD", m1i = mean(first), sd1i = sd2(first), n1i = length(first), m2i = mean(second),
    sd2i = sd2(second), n2i = length(second), vtype = "LS")
  limits <- summary(g)
  list(first = first, second = second, welch = c(-diff(unname(t$estimate)), t$conf.int[1:2], t$statistic[[1]],
    t$parameter[[1]], t$p.value), hedges = c(as.numeric(g$yi), limits$ci.lb, limits$ci.ub))
}

# Stuart and Maxwell's statistic by coin; bands in which nobody is are left out there.
homogeneity_case <- function(cells, bands) {
  counts <- matrix(cells, bands, byrow = TRUE)
  used <- rowSums(counts) + colSums(counts) > 0
  counts <- as.table(counts[used, used])
  found <- mh_test(counts)
  list(table = lapply(seq_len(bands), function(i) matrix(cells, bands, byrow = TRUE)[i, ]),
    statistic = as.numeric(statistic(found)), degrees = found@statistic@df, p = as.numeric(pvalue(found)))
}

opposed <- matrix(c(1, 2, 3, 4, 5, 5.2, 4.1, 2.8, 2.1, 0.9), 5)
cases <- list(
  software = list(R = R.version.string, coin = as.character(packageVersion("coin")),
    metafor = as.character(packageVersion("metafor")), psych = as.character(packageVersion("psych")),
    survival = as.character(packageVersion("survival"))),
  means_in_time = list(
    mean_case(c(2, 4, 6, 8), c(1, 1, 1, 1), 8),
    mean_case(c(2, 4, 6, 8), c(1, 1, 1, 1), 20),
    mean_case(c(2, 4, 6, 8), c(1, 1, 1, 0), 8),
    mean_case(c(2, 4, 6, 8), c(1, 1, 1, 0), 9),
    mean_case(c(2, 4, 8, 8), c(1, 0, 1, 1), 11),
    mean_case(c(2, 4, 8, 8), c(1, 0, 1, 0), 8),
    mean_case(c(2, 4, 8, 8), c(1, 0, 1, 0), 8.5),
    mean_case(c(5, 5, 5), c(1, 1, 1), 5),
    mean_case(c(5, 5, 5), c(0, 0, 0), 5),
    mean_case(c(5, 7), c(0, 1), 30),
    mean_case(c(3, 9, 9, 12, 15), c(0, 1, 1, 0, 1), 1)
  ),
  differences = list(
    difference_case(0, 10, 0, 20),
    difference_case(0, 10, 20, 20),
    difference_case(10, 10, 20, 20),
    difference_case(0, 1, 1, 1),
    difference_case(0, 1, 0, 1, 0.99),
    difference_case(1, 3, 0, 400, 0.9),
    difference_case(100000, 100000, 99999, 100000)
  ),
  agreement = list(
    agreement_case(opposed),
    agreement_case(matrix(c(1, 2, 3, 1, 2, 3.5), 3)),
    agreement_case(matrix(c(1, 2, 3, 4, 101, 102.2, 103, 104.1), 4)),
    agreement_case(matrix(c(1, 2, 2, 1, 2, 1, 1, 2, 1, 2, 2, 2), 4), 0.99),
    agreement_case(matrix(c(3, 3, 3, 3, 5, 3, 3, 4, 3, 3), 5), 0.9),
    agreement_case(matrix(c(1, 5, 2, 4, 3, 3.2, 4, 2.2, 5, 1.1, 3, 3.1, 2.9, 3.05, 3), 5))
  ),
  bounds = list(
    bound_case(c(1, 2, 3, 4, 5), 1),
    bound_case(c(1, 2, 3, 4, 5), 6),
    bound_case(c(-1, -2, -3), 2),
    bound_case(5, 1.5),
    bound_case(c(2, 2, 2, -2, 0, 0), 1.2),
    bound_case(c(0, 0, 0.5), 3),
    bound_case(c(7, -7), 1)
  ),
  parted = list(parted_case(5, 5, 2), parted_case(0, 5, 2), parted_case(1, 1, 1), parted_case(400, 500, 3),
    parted_case(60, 1000, 1.1)),
  imputed = list(
    imputed_case(c(1, 3), c(0.5, 0.5), 3),
    imputed_case(c(1, 3), c(0.01, 0.02), 4),
    imputed_case(c(1, 1.1), c(0.5, 0.6), 1),
    imputed_case(c(1, 1, 1), c(0.5, 0.4, 0.6), 5),
    imputed_case(c(0, 10, -10), c(0.001, 0.001, 0.001), 30),
    imputed_case(c(0.2, 0.3, 0.1, 0.25), c(0.04, 0.05, 0.03, 0.04), -1),
    imputed_case(c(2, 4, 3), c(0, 0, 0), -1)
  ),
  adjusted = list(adjusted_case(c(0.01, 0.01, 0.01)), adjusted_case(c(0, 0, 1)), adjusted_case(c(0.5, 0.5, 0.2, 1, 1)),
    adjusted_case(0.7), adjusted_case(c(0.04, 0.001, 0.04, 0.03, 0.001, 0.9, 1e-300))),
  quantiles = list(quantile_case(3), quantile_case(c(5, 1)), quantile_case(c(2, 2, 2, 2)),
    quantile_case(c(-1e9, 0.1, 0.2, 1e9)), quantile_case(c(4, 8, 15, 16, 23, 42, 108))),
  two_means = list(
    means_case(c(1, 1, 1), c(2, 4, 7)),
    means_case(c(2, 4), c(3, 3)),
    means_case(c(1, 2), c(3, 5)),
    means_case(c(1e6 + 1, 1e6 + 2, 1e6 + 4), c(1e6, 1e6 + 1, 1e6 + 1)),
    means_case(c(0, 0, 0, 0, 0, 1), rep(0, 40)),
    means_case(c(5, 6, 7, 8), c(5, 6, 7, 8))
  ),
  homogeneity = list(
    homogeneity_case(c(0, 6, 0, 0), 2),
    homogeneity_case(c(5, 0, 3, 0, 0, 0, 7, 0, 4), 3),
    homogeneity_case(c(0, 4, 0, 0, 0, 5, 6, 0, 0), 3),
    homogeneity_case(c(20, 10, 5, 3, 30, 15, 0, 5, 40), 3),
    homogeneity_case(c(0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 3, 0, 0, 0, 0), 4),
    homogeneity_case(c(9, 1, 0, 0, 0, 9, 2, 0, 0, 0, 9, 3, 1, 0, 0, 9), 4)
  )
)
text <- toJSON(cases, digits = I(17), auto_unbox = TRUE, na = "null", null = "null")
writeLines(gsub("},{", "},\n{", text, fixed = TRUE), file.path(here, "edges_of_tests.json"))
