# Effects in two arms: regression within arms on a matched sample (clubSandwich), weighted means with
# stacked estimating equations, and AIPW. Written out from their definitions where no package gives them.
# Rscript effect.R, in this folder. The children are made up with a fixed seed.
suppressMessages({
  library(MatchIt)
  library(clubSandwich)
  library(jsonlite)
})

set.seed(20260331)
n <- 300
cohort <- data.frame(
  age = sample(5:16, n, TRUE),
  difficulties = round(rnorm(n, 16, 6), 1),
  sex = rbinom(n, 1, 0.5),
  authority = sample(1:12, n, TRUE)
)
cohort$treated <- rbinom(n, 1, plogis(-1 + 0.08 * (cohort$age - 10) + 0.07 * (cohort$difficulties - 16) + 0.4 * cohort$sex))
cohort$score <- round(14 + 0.5 * (cohort$difficulties - 16) - 0.2 * cohort$age - 1.5 * cohort$treated + rnorm(n, 0, 4), 2)
cohort$stable <- rbinom(n, 1, plogis(0.3 + 0.6 * cohort$treated - 0.05 * (cohort$difficulties - 16)))
xs <- c("age", "difficulties", "sex")
X <- as.matrix(cohort[xs])
t <- cohort$treated

match <- matchit(treated ~ age + difficulties + sex, cohort, method = "nearest", distance = "glm")
weights <- unname(match$weights)
pair <- as.integer(as.character(match$subclass))
pair[is.na(pair)] <- 0

# Regression within arms, covariates counted from their mean among the treated.
within_arms <- function(outcome, cluster) {
  use <- weights > 0
  d <- cohort[use, ]
  d$w <- weights[use]
  d$cluster <- cluster[use]
  d$y <- d[[outcome]]
  for (x in xs) d[[paste0("c_", x)]] <- d[[x]] - weighted.mean(d[[x]][d$treated == 1], d$w[d$treated == 1])
  list(d = d, formula = y ~ treated * (c_age + c_difficulties + c_sex))
}
# A contrast as the first coefficient of the same model in other terms.
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
measured <- function(cluster) {
  m <- within_arms("score", cluster)
  fit <- lm(m$formula, m$d, weights = w)
  g <- as.numeric(names(coef(fit)) == "treated")
  contrast(fit, m$d$cluster, g)
}
yes_or_no <- function(cluster) {
  m <- within_arms("stable", cluster)
  fit <- suppressWarnings(glm(m$formula, binomial, m$d, weights = w, control = list(epsilon = 1e-14)))
  target <- m$d[m$d$treated == 1, ]
  share <- function(arm) {
    new <- transform(target, treated = arm)
    x <- model.matrix(update(m$formula, NULL ~ .), new)
    p <- as.numeric(plogis(x %*% coef(fit)))
    list(p = weighted.mean(p, target$w), g = colSums(target$w * p * (1 - p) * x) / sum(target$w))
  }
  one <- share(1)
  none <- share(0)
  p <- fitted(fit)
  m$d$eta <- fit$linear.predictors + (m$d$y - p) / (p * (1 - p))
  m$d$v <- m$d$w * p * (1 - p)
  working <- lm(update(m$formula, eta ~ .), m$d, weights = v)
  error <- function(a, b) contrast(working, m$d$cluster, a * one$g + b * none$g)[2:3]
  o <- function(p) 1 / (p * (1 - p))
  list(
    treated = one$p, control = none$p,
    difference = c(one$p - none$p, error(1, -1)),
    log_ratio = c(log(one$p / none$p), error(1 / one$p, -1 / none$p)),
    log_odds_ratio = c(qlogis(one$p) - qlogis(none$p), error(o(one$p), -o(none$p)))
  )
}

# Weighted means: coefficients and means solve one set of equations; the error is the sandwich of its
# numerical slope (Richardson).
slope <- function(f, at) {
  h <- 1e-3 * pmax(abs(at), 0.1)
  sapply(seq_along(at), function(j) {
    d <- function(k) {
      up <- down <- at
      up[j] <- at[j] + h[j] * k
      down[j] <- at[j] - h[j] * k
      (f(up) - f(down)) / (2 * h[j] * k)
    }
    a <- d(1); b <- d(0.5); e <- d(0.25)
    ab <- (4 * b - a) / 3; be <- (4 * e - b) / 3
    (16 * be - ab) / 15
  })
}
Z <- cbind(1, scale(X))
propensity <- glm(t ~ Z - 1, family = binomial, control = list(epsilon = 1e-14))
weigh <- function(kind, a) {
  e <- as.numeric(plogis(Z %*% a))
  switch(kind,
    att = ifelse(t == 1, 1, e / (1 - e)),
    ate = ifelse(t == 1, 1 / e, 1 / (1 - e)),
    overlap = ifelse(t == 1, 1 - e, e),
    entropy = ifelse(t == 1, 1, exp(as.numeric(Z %*% a)))
  )
}
weighted_means <- function(kind, y, cluster = seq_len(n)) {
  tr <- cohort$treated
  a <- if (kind == "entropy") {
    a <- c(log(sum(tr) / sum(1 - tr)), 0, 0, 0)
    for (step in 1:60) {
      w <- (1 - tr) * exp(as.numeric(Z %*% a))
      a <- a - solve(crossprod(Z, w * Z), colSums(w * Z) - colSums(Z[tr == 1, ]))
    }
    as.numeric(a)
  } else unname(coef(propensity))
  psi <- function(theta) {
    a <- theta[1:4]
    w <- weigh(kind, a)
    first <- if (kind == "entropy") tr - (1 - tr) * w else tr - as.numeric(plogis(Z %*% a))
    cbind(first * Z, w * tr * (y - theta[5]), w * (1 - tr) * (y - theta[6]))
  }
  w <- weigh(kind, a)
  theta <- c(a, weighted.mean(y[tr == 1], w[tr == 1]), weighted.mean(y[tr == 0], w[tr == 0]))
  bread <- slope(function(at) colSums(psi(at)), theta)
  sums <- rowsum(psi(theta), cluster)
  g <- nrow(sums)
  few <- if (g < n) g / (g - 1) else 1
  v <- solve(bread) %*% crossprod(sums) %*% t(solve(bread)) * few
  v <- v[5:6, 5:6]
  error <- function(d) sqrt(as.numeric(t(d) %*% v %*% d))
  p <- theta[5]; q <- theta[6]
  list(
    treated = p, control = q, difference = c(p - q, error(c(1, -1))),
    log_ratio = if (all(y %in% 0:1)) c(log(p / q), error(c(1 / p, -1 / q))) else NULL,
    log_odds_ratio = if (all(y %in% 0:1)) {
      c(qlogis(p) - qlogis(q), error(c(1 / (p * (1 - p)), -1 / (q * (1 - q)))))
    } else NULL
  )
}

aipw <- function(y, who) {
  family <- if (all(y %in% 0:1)) binomial() else gaussian()
  e <- fitted(propensity)
  expect <- function(arm) {
    fit <- glm(y ~ Z - 1, family = family, subset = t == arm, control = list(epsilon = 1e-14))
    family$linkinv(as.numeric(Z %*% coef(fit)))
  }
  one <- expect(1)
  none <- expect(0)
  if (who == "treated") {
    parts <- cbind(t * y, t * none + (1 - t) * e / (1 - e) * (y - none)) / mean(t)
    share <- t / mean(t)
  } else {
    parts <- cbind(one + t * (y - one) / e, none + (1 - t) * (y - none) / (1 - e))
    share <- rep(1, n)
  }
  m <- colMeans(parts)
  influence <- parts - outer(share, m)
  c(m, sqrt(sum((influence[, 1] - influence[, 2])^2)) / n)
}

kinds <- c("att", "ate", "overlap", "entropy")
of_kinds <- function(y, cluster = seq_len(n)) {
  found <- lapply(kinds, weighted_means, y = y, cluster = cluster)
  setNames(found, kinds)
}
both <- function(y) list(treated = aipw(y, "treated"), everybody = aipw(y, "everybody"))
write_json(list(
  software = c(R.version.string, paste("MatchIt", packageVersion("MatchIt")), paste("clubSandwich", packageVersion("clubSandwich"))),
  cohort = as.list(cohort), weights = weights, pair = pair,
  within_arms = list(
    score_by_pair = measured(pair), score_by_authority = measured(cohort$authority),
    stable_by_pair = yes_or_no(pair), stable_by_authority = yes_or_no(cohort$authority)
  ),
  weighted = list(
    score = of_kinds(cohort$score), stable = of_kinds(cohort$stable),
    score_by_authority = of_kinds(cohort$score, cohort$authority)
  ),
  doubly_robust = list(score = both(cohort$score), stable = both(cohort$stable))
), "effect.json", digits = NA, auto_unbox = TRUE)
