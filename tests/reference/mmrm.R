# Expected results for the repeated-measures model of kinfolk-stats, from R.
#
# The likelihood is written out child by child, as in the textbook, and maximised with numerical
# derivatives (numDeriv); nothing is shared with the sums over patterns that kinfolk uses. Two
# packages must agree with it before anything is written: nlme::gls on the unstructured model,
# lme4 and pbkrtest on compound symmetry with Kenward and Roger's correction.

suppressPackageStartupMessages({
  library(jsonlite)
  library(lme4)
  library(nlme)
  library(numDeriv)
  library(pbkrtest)
})
options(digits = 15)

# ---- data ----------------------------------------------------------------------------------------

# 60 made-up children at five yearly visits, whole scores from 0 to 40, more of them lost each year,
# and some who miss a year and come back; age in years, and an arm.
set.seed(20260401)
children <- function(n = 60, visits = 5) {
  arm <- rep(0:1, length.out = n)
  age <- round(runif(n, 5, 15), 1)
  level <- rnorm(n, 0, 4)
  scores <- t(sapply(seq_len(n), function(i) {
    noise <- as.numeric(arima.sim(list(ar = 0.5), visits, sd = 3))
    expected <- 16 - 0.3 * (age[i] - 10) - (0.4 + 0.8 * arm[i]) * (seq_len(visits) - 1)
    pmin(40, pmax(0, round(expected + level[i] + noise * seq(0.8, 1.3, length.out = visits))))
  }))
  for (visit in 2:visits) {
    scores[runif(n) < 0.06 * visit, visit:visits] <- NA
    scores[runif(n) < 0.06, visit] <- NA
  }
  list(arm = arm, age = age, scores = scores)
}

fev <- function() {
  rows <- read.csv("fev_data.csv")
  list(
    known = cbind(
      black = as.numeric(rows$race == "Black"), white = as.numeric(rows$race == "White"),
      female = as.numeric(rows$sex == "Female"), arm = as.numeric(rows$arm == "TRT")
    ),
    scores = unname(as.matrix(rows[, paste0("visit_", 1:4)]))
  )
}

# ---- the model -----------------------------------------------------------------------------------

# One row a visit: means (common or per visit), then covariates (common or per visit).
design <- function(known, effects, visits) {
  columns <- lapply(seq_along(effects), function(k) {
    block <- if (effects[k] == "per visit") diag(visits) else matrix(1, visits, 1)
    block * known[k]
  })
  do.call(cbind, columns)
}

subjects <- function(scores, known, effects) {
  lapply(which(rowSums(!is.na(scores)) > 0), function(i) {
    seen <- which(!is.na(scores[i, ]))
    x <- design(c(1, known[i, ]), effects, ncol(scores))
    list(seen = seen, y = scores[i, seen], x = x[seen, , drop = FALSE])
  })
}

covariance <- function(kind, theta, n) {
  apart <- abs(outer(seq_len(n), seq_len(n), "-"))
  switch(kind,
    unstructured = {
      v <- matrix(0, n, n)
      v[upper.tri(v, diag = TRUE)] <- theta
      v + t(v) - diag(diag(v))
    },
    heterogeneous_toeplitz =
      sqrt(outer(theta[1:n], theta[1:n])) * matrix(c(1, theta[-(1:n)])[apart + 1], n, n),
    toeplitz = matrix(theta[apart + 1], n, n),
    autoregressive = theta[1] * theta[2]^apart,
    compound_symmetry = matrix(theta[pmin(apart, 1) + 1], n, n)
  )
}

start <- function(kind, n, variance) {
  switch(kind,
    unstructured = {
      v <- variance * (0.4 + 0.6 * diag(n))
      v[upper.tri(v, diag = TRUE)]
    },
    heterogeneous_toeplitz = c(rep(variance, n), rep(0.3, n - 1)),
    toeplitz = variance * c(1, rep(0.3, n - 1)),
    autoregressive = c(variance, 0.4),
    compound_symmetry = variance * c(1, 0.4)
  )
}

information <- function(all, v) {
  Reduce(`+`, lapply(all, function(s) t(s$x) %*% solve(v[s$seen, s$seen, drop = FALSE], s$x)))
}

coefficients_at <- function(all, v) {
  score <- Reduce(`+`, lapply(all, function(s) {
    t(s$x) %*% solve(v[s$seen, s$seen, drop = FALSE], s$y)
  }))
  drop(solve(information(all, v), score))
}

deviance_at <- function(theta, kind, all, n, reml) {
  v <- covariance(kind, theta, n)
  if (any(!is.finite(v)) || min(eigen(v, TRUE, TRUE)$values) <= 0) return(1e10)
  a <- information(all, v)
  b <- drop(solve(a, Reduce(`+`, lapply(all, function(s) {
    t(s$x) %*% solve(v[s$seen, s$seen, drop = FALSE], s$y)
  }))))
  parts <- sapply(all, function(s) {
    w <- v[s$seen, s$seen, drop = FALSE]
    r <- s$y - drop(s$x %*% b)
    as.numeric(determinant(w)$modulus) + sum(r * solve(w, r))
  })
  n_scores <- sum(lengths(lapply(all, `[[`, "y")))
  free <- n_scores - if (reml) length(b) else 0
  sum(parts) + free * log(2 * pi) + if (reml) as.numeric(determinant(a)$modulus) else 0
}

# First steps of one per cent: the usual ten would leave the space of covariances.
bends <- function(f, theta) hessian(f, theta, method.args = list(d = 0.01))

# The unstructured covariance is searched by its Cholesky factor, so that no step leaves the space.
to_theta <- function(kind, free, n) {
  if (kind != "unstructured") return(free)
  u <- matrix(0, n, n)
  u[upper.tri(u, diag = TRUE)] <- free
  v <- t(u) %*% u
  v[upper.tri(v, diag = TRUE)]
}

to_free <- function(kind, theta, n) {
  if (kind != "unstructured") return(theta)
  u <- chol(covariance(kind, theta, n))
  u[upper.tri(u, diag = TRUE)]
}

fit <- function(kind, all, n, reml = TRUE) {
  f <- function(theta) deviance_at(theta, kind, all, n, reml)
  by_free <- function(free) f(to_theta(kind, free, n))
  free <- to_free(kind, start(kind, n, var(unlist(lapply(all, `[[`, "y")))), n)
  for (i in 1:3) {
    free <- nlminb(free, by_free, control = list(
      eval.max = 4000, iter.max = 2000, rel.tol = 1e-14
    ))$par
  }
  theta <- to_theta(kind, free, n)
  bend <- bends(f, theta)
  for (i in 1:5) theta <- theta - drop(solve(bend, grad(f, theta)))
  errors <- sqrt(2 * diag(solve(bend)))
  last <- max(abs(drop(solve(bend, grad(f, theta)))) / errors)
  message(sprintf("last step %.1e standard errors", last))
  stopifnot(last < 1e-7)
  v <- covariance(kind, theta, n)
  list(
    kind = kind, theta = theta, v = v, all = all, n = n, deviance = f(theta),
    b = coefficients_at(all, v), vcov = solve(information(all, v)),
    observed = 2 * solve(bends(f, theta))
  )
}

# ---- inference -----------------------------------------------------------------------------------

slopes_of <- function(m) {
  flat <- jacobian(function(theta) as.vector(covariance(m$kind, theta, m$n)), m$theta)
  lapply(seq_along(m$theta), function(i) matrix(flat[, i], m$n, m$n))
}

curvatures_of <- function(m) {
  q <- length(m$theta)
  entries <- lapply(seq_len(m$n^2), function(at) {
    hessian(function(theta) as.vector(covariance(m$kind, theta, m$n))[at], m$theta)
  })
  lapply(seq_len(q), function(i) lapply(seq_len(q), function(j) {
    matrix(sapply(entries, function(h) h[i, j]), m$n, m$n)
  }))
}

# Kenward and Roger 1997: the covariance of the parameters is W; with and without second derivatives.
adjusted <- function(m, w, curved) {
  slopes <- slopes_of(m)
  q <- length(slopes)
  p <- matrix(0, length(m$b), length(m$b))
  first <- replicate(q, p, simplify = FALSE)
  excess <- p
  curvatures <- if (curved) curvatures_of(m)
  for (s in m$all) {
    inverse <- solve(m$v[s$seen, s$seen, drop = FALSE])
    at <- function(matrix) matrix[s$seen, s$seen, drop = FALSE]
    for (i in seq_len(q)) {
      first[[i]] <- first[[i]] - t(s$x) %*% inverse %*% at(slopes[[i]]) %*% inverse %*% s$x
      for (j in seq_len(q)) {
        middle <- at(slopes[[i]]) %*% inverse %*% at(slopes[[j]])
        if (curved) middle <- middle - at(curvatures[[i]][[j]]) / 4
        excess <- excess + w[i, j] * t(s$x) %*% inverse %*% middle %*% inverse %*% s$x
      }
    }
  }
  for (i in seq_len(q)) for (j in seq_len(q)) {
    excess <- excess - w[i, j] * first[[i]] %*% m$vcov %*% first[[j]]
  }
  m$vcov + 2 * m$vcov %*% excess %*% m$vcov
}

expected <- function(m) {
  slopes <- slopes_of(m)
  q <- length(slopes)
  sum_of <- function(term) Reduce(`+`, lapply(m$all, term))
  first <- lapply(slopes, function(slope) sum_of(function(s) {
    inverse <- solve(m$v[s$seen, s$seen, drop = FALSE])
    -t(s$x) %*% inverse %*% slope[s$seen, s$seen, drop = FALSE] %*% inverse %*% s$x
  }))
  info <- matrix(0, q, q)
  for (i in seq_len(q)) for (j in seq_len(q)) {
    info[i, j] <- sum_of(function(s) {
      inverse <- solve(m$v[s$seen, s$seen, drop = FALSE])
      both <- inverse %*% slopes[[i]][s$seen, s$seen, drop = FALSE] %*% inverse %*%
        slopes[[j]][s$seen, s$seen, drop = FALSE]
      sum(diag(both)) / 2 - sum(diag(m$vcov %*% t(s$x) %*% both %*% inverse %*% s$x))
    }) + sum(diag(m$vcov %*% first[[i]] %*% m$vcov %*% first[[j]])) / 2
  }
  solve(info)
}

degrees <- function(m, l, w) {
  slope <- grad(function(theta) {
    sum(l * solve(information(m$all, covariance(m$kind, theta, m$n)), l))
  }, m$theta)
  2 * sum(l * (m$vcov %*% l))^2 / sum(slope * (w %*% slope))
}

contrasts <- function(m, weights, reml) {
  expected_w <- if (reml) expected(m)
  errors <- list(satterthwaite = m$vcov)
  if (reml) errors <- c(errors, list(
    kenward_roger = adjusted(m, m$observed, TRUE),
    kenward_roger_linear = adjusted(m, m$observed, FALSE),
    kenward_roger_expected = adjusted(m, expected_w, TRUE)
  ))
  lapply(seq_len(nrow(weights)), function(k) {
    l <- weights[k, ]
    value <- sum(l * m$b)
    tests <- lapply(names(errors), function(method) {
      w <- if (method == "kenward_roger_expected") expected_w else m$observed
      se <- sqrt(sum(l * (errors[[method]] %*% l)))
      df <- degrees(m, l, w)
      list(method = method, standard_error = se, degrees = df, p_value = 2 * pt(-abs(value / se), df))
    })
    list(weights = l, value = value, tests = tests)
  })
}

case <- function(name, kind, scores, known, effects, reml, weights) {
  all <- subjects(scores, known, effects)
  m <- fit(kind, all, ncol(scores), reml)
  message(sprintf("%s, %s, %s: deviance %.6f", name, kind, if (reml) "REML" else "ML", m$deviance))
  list(
    data = name, covariance = kind, reml = reml, effects = effects, deviance = m$deviance,
    between_visits = m$v, coefficients = unname(m$b), contrasts = contrasts(m, weights, reml)
  )
}

# ---- cases ---------------------------------------------------------------------------------------

made_up <- children()
real <- fev()
kinds <- c(
  "unstructured", "heterogeneous_toeplitz", "toeplitz", "autoregressive", "compound_symmetry"
)
known_all <- cbind(age = made_up$age, arm = made_up$arm)
per_visit <- c("per visit", "common", "per visit")
# Changes of an untreated child from the first visit to the second and the last, and the difference
# that the arm makes to the latter.
change_weights <- rbind(
  c(-1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0), c(-1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0),
  c(0, 0, 0, 0, 0, 0, -1, 0, 0, 0, 1)
)
real_weights <- rbind(c(rep(0, 7), 1, 0, 0, 0), c(-1, 0, 0, 1, rep(0, 7)))
arm_only <- real$known[, "arm", drop = FALSE]

cases <- c(
  lapply(kinds, function(kind) {
    case("children", kind, made_up$scores, known_all, per_visit, TRUE, change_weights)
  }),
  lapply(kinds[c(1, 4)], function(kind) {
    case("children", kind, made_up$scores, known_all, per_visit, FALSE, change_weights)
  }),
  list(case("fev_data", "unstructured", real$scores, real$known,
    c("per visit", "common", "common", "common", "per visit"), TRUE, real_weights)),
  lapply(kinds, function(kind) {
    case("fev_data", kind, real$scores, arm_only, c("common", "common"), TRUE, rbind(c(0, 1)))
  })
)

# ---- the packages agree --------------------------------------------------------------------------

long <- na.omit(data.frame(
  child = rep(seq_along(made_up$arm), ncol(made_up$scores)),
  visit = rep(seq_len(ncol(made_up$scores)), each = nrow(made_up$scores)),
  age = made_up$age, arm = made_up$arm, score = as.vector(made_up$scores)
))
long$year <- factor(long$visit)
formula <- score ~ 0 + year + age + year:arm
near <- function(found, expected, tolerance) {
  stopifnot(length(found) == length(expected), max(abs(found - expected) / abs(expected)) < tolerance)
}

free <- gls(formula, long,
  correlation = corSymm(form = ~ visit | child), weights = varIdent(form = ~ 1 | year),
  control = glsControl(tolerance = 1e-10, msTol = 1e-12, maxIter = 200, msMaxIter = 500)
)
near(unname(coef(free)), cases[[1]]$coefficients, 1e-3)
near(as.numeric(-2 * logLik(free)), cases[[1]]$deviance, 1e-7)

even <- lmer(update(formula, . ~ . + (1 | child)), long)
adjusted_even <- vcovAdj(even)
by_package <- lapply(seq_len(nrow(change_weights)), function(k) {
  l <- change_weights[k, ]
  c(sqrt(as.numeric(t(l) %*% adjusted_even %*% l)), Lb_ddf(l, vcov(even), adjusted_even))
})
for (k in seq_along(by_package)) {
  test <- cases[[5]]$contrasts[[k]]$tests[[4]]
  near(by_package[[k]], c(test$standard_error, test$degrees), 1e-3)
}

write_json(
  list(
    versions = list(
      R = as.character(getRversion()), nlme = as.character(packageVersion("nlme")),
      lme4 = as.character(packageVersion("lme4")),
      pbkrtest = as.character(packageVersion("pbkrtest")),
      numDeriv = as.character(packageVersion("numDeriv"))
    ),
    children = list(scores = made_up$scores, known = unname(known_all)),
    pbkrtest = by_package,
    cases = cases
  ),
  "mmrm.json",
  digits = 15, auto_unbox = TRUE, na = "null", matrix = "rowmajor"
)
