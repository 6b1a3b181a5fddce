# Expected results for ranks, ratios and rates in kinfolk-stats, from R's stats, coin, metafor and MASS.

library(MASS)
suppressMessages({
  library(coin)
  library(metafor)
})
library(jsonlite)

here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
levels <- c(0.9, 0.95, 0.99)

samples <- list(
  permeability = list(
    c(0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46), c(1.15, 0.88, 0.90, 0.74, 1.21)
  ),
  whole = list(c(3, 17, 29, 8, 41, 22, 35), c(11, 5, 26, 14, 2, 19, 7, 33)),
  "scores with ties" = list(c(20, 17, 25, 14, 9, 30, 16, 22), c(17, 18, 19, 14, 11, 24, 12)),
  "few values" = list(c(1, 1, 2, 2, 3, 1, 2), c(1, 2, 2, 3, 3, 3))
)

# The shift without ties, where R counts chance out.
shift <- function(name, level) {
  first <- samples[[name]][[1]]
  second <- samples[[name]][[2]]
  test <- wilcox.test(first, second, exact = TRUE, conf.int = TRUE, conf.level = level)
  list(
    name = name, first = first, second = second, level = level,
    expected = list(
      exact = test$p.value, shift = unname(test$estimate),
      lower = test$conf.int[1], upper = test$conf.int[2]
    )
  )
}

# The exact probability with ties.
permuted <- function(name) {
  first <- samples[[name]][[1]]
  second <- samples[[name]][[2]]
  data <- data.frame(value = c(first, second), group = factor(rep(1:2, lengths(samples[[name]]))))
  test <- wilcox_test(value ~ group, data, distribution = "exact")
  list(name = name, first = first, second = second, expected = list(exact = as.numeric(pvalue(test))))
}

before <- list(
  "scores of eight" = list(c(20, 17, 25, 14, 9, 30, 16, 22), c(17, 18, 19, 14, 11, 24, 12, 21)),
  "many zeros" = list(c(4, 5, 6, 7, 8, 9, 10, 11, 12, 3), c(4, 5, 9, 7, 8, 9, 14, 11, 13, 5))
)

signed <- function(name, zeros) {
  data <- data.frame(before = before[[name]][[1]], after = before[[name]][[2]])
  rule <- c(drop = "Wilcoxon", pratt = "Pratt")[[zeros]]
  p <- function(distribution) {
    as.numeric(pvalue(wilcoxsign_test(after ~ before, data, zero.method = rule, distribution = distribution)))
  }
  list(
    name = name, before = data$before, after = data$after, zeros = zeros,
    expected = list(exact = p("exact"), normal = p("asymptotic"))
  )
}

tables <- list(c(56, 70, 48, 80), c(9, 10, 3, 10), c(5, 56, 0, 29), c(0, 10, 5, 10), c(10, 10, 4, 20), c(2, 17, 10, 13))

ratio <- function(cells, measure, level) {
  effect <- escalc(measure, ai = cells[1], n1i = cells[2], ci = cells[3], n2i = cells[4])
  margin <- qnorm(0.5 + level / 2) * sqrt(effect$vi)
  list(
    first = cells[1:2], second = cells[3:4], level = level,
    expected = list(
      value = exp(effect$yi[1]), lower = exp(effect$yi[1] - margin), upper = exp(effect$yi[1] + margin)
    )
  )
}

# metafor's bias-corrected standardised mean difference, with its large-sample variance.
standardised <- function(name, level) {
  first <- samples[[name]][[1]]
  second <- samples[[name]][[2]]
  effect <- escalc("SMD",
    m1i = mean(first), sd1i = sd(first), n1i = length(first),
    m2i = mean(second), sd2i = sd(second), n2i = length(second), vtype = "LS"
  )
  margin <- qnorm(0.5 + level / 2) * sqrt(effect$vi)
  list(
    name = name, first = first, second = second, level = level,
    expected = list(g = effect$yi[1], lower = effect$yi[1] - margin, upper = effect$yi[1] + margin)
  )
}

# Moves of 24 made-up children, their years in care, an arm and an age.
children <- data.frame(
  events = c(3, 2, 0, 9, 0, 6, 0, 7, 14, 4, 0, 8, 0, 5, 3, 0, 11, 0, 2, 6, 1, 0, 7, 2),
  years = c(1, 2, 0.5, 3, 1.5, 2, 1, 0.75, 4, 1, 2, 2.5, 1, 2, 1, 0.5, 3, 1, 2, 1, 2.5, 1, 0.75, 3),
  arm = rep(0:1, each = 12),
  age = c(9, 12, 7, 15, 10, 13, 8, 11, 16, 6, 12, 14, 9, 12, 7, 8, 15, 10, 13, 8, 12, 6, 9, 14)
)
designs <- list(none = character(), arm = "arm", both = c("arm", "age"))
tight <- glm.control(epsilon = 1e-15, maxit = 200)

terms_of <- function(estimate, error, quantile, p_value, dispersion) {
  found <- list(dispersion = dispersion)
  for (at in seq_along(estimate)) {
    name <- paste("term", at - 1)
    found[[name]] <- exp(estimate[[at]])
    found[[paste(name, "error")]] <- error[[at]]
    found[[paste(name, "lower")]] <- exp(estimate[[at]] - quantile * error[[at]])
    found[[paste(name, "upper")]] <- exp(estimate[[at]] + quantile * error[[at]])
    found[[paste(name, "p_value")]] <- p_value[[at]]
  }
  found
}

rate_case <- function(design, level, fit) {
  columns <- designs[[design]]
  formula <- reformulate(c("offset(log(years))", columns, "1"), "events")
  list(
    name = design, level = level, events = children$events, exposure = children$years,
    covariates = unname(as.list(children[columns])), expected = fit(formula, level)
  )
}

quasi <- function(formula, level) {
  fit <- glm(formula, quasipoisson, children, control = tight)
  table <- coef(summary(fit))
  terms_of(table[, 1], table[, 2], qt(0.5 + level / 2, fit$df.residual), table[, 4], summary(fit)$dispersion)
}

# glm.nb stops its search for theta at eight digits, so both steps are taken again until they rest.
binomial <- function(formula, level) {
  theta <- suppressWarnings(glm.nb(formula, children))$theta
  for (step in 1:50) {
    # Again from where it ended, because glm's errors are those of its last step but one.
    fit <- glm(formula, negative.binomial(theta), children, control = tight)
    fit <- glm(formula, negative.binomial(theta), children, control = tight, start = coef(fit))
    theta <- as.numeric(theta.ml(children$events, fitted(fit), limit = 100, eps = 1e-14))
  }
  table <- coef(summary(fit, dispersion = 1))
  terms_of(table[, 1], table[, 2], qnorm(0.5 + level / 2), table[, 4], 1 / theta)
}

over <- function(make, ...) {
  grid <- expand.grid(..., stringsAsFactors = FALSE)
  lapply(seq_len(nrow(grid)), function(at) do.call(make, unname(as.list(grid[at, , drop = FALSE]))))
}

versions <- lapply(c("coin", "metafor", "MASS"), function(name) as.character(packageVersion(name)))
result <- list(
  made_with = c(list(R = R.version.string), setNames(versions, c("coin", "metafor", "MASS"))),
  shift = over(shift, c("permeability", "whole"), levels),
  permuted = over(permuted, names(samples)),
  signed_rank = over(signed, names(before), c("drop", "pratt")),
  risk_ratio = unlist(lapply(tables, function(t) lapply(levels, function(l) ratio(t, "RR", l))), FALSE),
  odds_ratio = unlist(lapply(tables, function(t) lapply(levels, function(l) ratio(t, "OR", l))), FALSE),
  hedges_g = over(standardised, names(samples), levels),
  quasi_poisson = over(function(d, l) rate_case(d, l, quasi), names(designs), levels),
  negative_binomial = over(function(d, l) rate_case(d, l, binomial), names(designs), levels)
)
writeLines(toJSON(result, digits = I(16), auto_unbox = TRUE, pretty = 1), file.path(here, "ranks_and_rates.json"))
