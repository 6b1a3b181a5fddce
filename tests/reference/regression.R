# Expected results for the regressions and the meta-analysis of kinfolk-stats, from R: lm, glm, sandwich,
# clubSandwich, brglm and metafor.

suppressPackageStartupMessages({
  library(brglm)
  library(clubSandwich)
  library(jsonlite)
  library(metafor)
  library(sandwich)
})
options(digits = 15)
set.seed(20260402)

# ---- rows ----------------------------------------------------------------------------------------

# 90 made-up children in 11 authorities of uneven size, a before score, an amount in pounds, an arm.
n <- 90
rows <- data.frame(
  authority = sample(1:11, n, TRUE, prob = c(8, 5, 5, 4, 3, 3, 2, 2, 1, 1, 1)),
  arm = rep(0:1, length.out = n), before = round(rnorm(n, 17, 6)), pounds = round(runif(n, 0, 40000), 2)
)
rows$after <- round(4 + 0.7 * rows$before - 1.5 * rows$arm + rnorm(11)[rows$authority] +
  rnorm(n) * (2 + rows$before / 8), 1)
rows$stable <- as.numeric(runif(n) < plogis(1.5 - 0.08 * rows$before + 0.6 * rows$arm))
rows$weight <- round(runif(n, 0.2, 3), 2)
# One authority whose children all have the arm that no other child has.
rows$alone <- as.numeric(rows$authority == which.max(tabulate(rows$authority)))
names_of <- c("arm", "before", "pounds")

columns <- function(names) lapply(names, function(name) rows[[name]])

linear <- function(label, names, weighted) {
  formula <- reformulate(names, "after")
  w <- if (weighted) rows$weight else rep(1, n)
  model <- if (weighted) lm(formula, rows, weights = weight) else lm(formula, rows)
  cluster <- rows$authority
  errors <- list(
    classical = vcov(model), hc0 = vcovHC(model, "HC0"), hc1 = vcovHC(model, "HC1"),
    hc2 = vcovHC(model, "HC2"), hc3 = vcovHC(model, "HC3"),
    cr0 = vcovCR(model, cluster, "CR0"), cr1 = vcovCR(model, cluster, "CR1"),
    cr1s = vcovCR(model, cluster, "CR1S"), cr2 = vcovCR(model, cluster, "CR2")
  )
  satterthwaite <- coef_test(model, vcovCR(model, cluster, "CR2"), test = "Satterthwaite")
  list(
    label = label, covariates = columns(names), weights = if (weighted) w,
    coefficients = unname(coef(model)),
    errors = lapply(errors, function(v) unname(sqrt(diag(v)))),
    cr2_degrees = satterthwaite$df_Satt
  )
}

logit <- function(label, names, weighted) {
  formula <- reformulate(names, "stable")
  rows$w <- if (weighted) rows$weight else 1
  from <- function(start) {
    suppressWarnings(glm(formula, binomial, rows, weights = w, start = start, epsilon = 1e-14, maxit = 100))
  }
  # glm keeps the information of its last step but one; a second call starts from the end.
  model <- from(coef(from(NULL)))
  list(
    label = label, covariates = columns(names), weights = if (weighted) rows$weight,
    coefficients = unname(coef(model)),
    log_likelihood = if (!weighted) as.numeric(logLik(model)),
    errors = list(
      model = unname(sqrt(diag(vcov(model)))),
      hc0 = unname(sqrt(diag(sandwich(model)))),
      cr0 = unname(sqrt(diag(vcovCR(model, rows$authority, "CR0")))),
      cr1 = unname(sqrt(diag(vcovCR(model, rows$authority, "CR1"))))
    )
  )
}

# Twelve rows in which the covariate tells yes from no.
separated <- data.frame(x = c(1:6, 8:13), z = rep(c(0, 1, 1), 4), yes = rep(0:1, each = 6))
firth <- function(label, data, names, outcome) {
  model <- brglm(reformulate(names, outcome), binomial, data,
    control.brglm = brglm.control(br.epsilon = 1e-14, br.maxit = 2000))
  list(
    label = label, outcome = data[[outcome]], covariates = lapply(names, function(k) data[[k]]),
    coefficients = unname(coef(model)), errors = unname(sqrt(diag(vcov(model))))
  )
}

# ---- meta-analysis -------------------------------------------------------------------------------

# Thirteen trials of the BCG vaccine (Colditz and others, JAMA 271 (1994) 698-702): cases and the rest,
# vaccinated and not.
bcg <- data.frame(
  tpos = c(4, 6, 3, 62, 33, 180, 8, 505, 29, 17, 186, 5, 27),
  tneg = c(119, 300, 228, 13536, 5036, 1361, 2537, 87886, 7470, 1699, 50448, 2493, 16886),
  cpos = c(11, 29, 11, 248, 47, 372, 10, 499, 45, 65, 141, 3, 29),
  cneg = c(128, 274, 209, 12619, 5761, 1079, 619, 87892, 7232, 1600, 27197, 2338, 17825)
)
ratios <- escalc("RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = bcg)

pooled <- function(label, effects, variances) {
  control <- list(threshold = 1e-12, maxiter = 1000)
  common <- rma(effects, variances, method = "EE")
  normal <- rma(effects, variances, method = "REML", control = control)
  knapp <- rma(effects, variances, method = "REML", test = "knha", control = control)
  cautious <- rma(effects, variances, method = "REML", test = "adhoc", control = control)
  limits <- function(model) c(model$ci.lb, model$ci.ub)
  k <- length(effects)
  prediction <- knapp$b[1] + c(-1, 1) * qt(0.975, k - 1) * sqrt(knapp$tau2 + knapp$se^2)
  list(
    label = label, effects = effects, variances = variances,
    common = list(value = common$b[1], standard_error = common$se),
    q = normal$QE, q_p_value = normal$QEp, i_squared = normal$I2 / 100, tau_squared = normal$tau2,
    normal = list(value = normal$b[1], standard_error = normal$se, limits = limits(normal)),
    as_it_is = list(standard_error = knapp$se, limits = limits(knapp), p_value = knapp$pval),
    never_narrower = list(standard_error = cautious$se, limits = limits(cautious)),
    prediction = prediction,
    left_out = lapply(seq_len(k), function(i) {
      if (k > 2) rma(effects[-i], variances[-i], method = "REML", control = control)$b[1]
    })
  )
}

even <- c(0.31, 0.29, 0.33, 0.30, 0.32)

write_json(
  list(
    versions = lapply(
      c(sandwich = "sandwich", clubSandwich = "clubSandwich", brglm = "brglm", metafor = "metafor"),
      function(package) as.character(packageVersion(package))
    ),
    rows = list(after = rows$after, stable = rows$stable, authority = rows$authority),
    linear = list(
      linear("even rows", names_of, FALSE), linear("weighted rows", names_of, TRUE),
      linear("one covariate", "arm", FALSE), linear("a cluster alone", c("alone", "before"), FALSE)
    ),
    logistic = list(
      logit("even rows", names_of, FALSE), logit("weighted rows", names_of, TRUE)
    ),
    firth = list(
      firth("separated", separated, c("x", "z"), "yes"),
      firth("not separated", rows, names_of, "stable")
    ),
    meta_analysis = list(
      pooled("BCG", as.numeric(ratios$yi), as.numeric(ratios$vi)),
      pooled("alike", even, rep(0.04, 5)), pooled("two", c(0.2, 0.9), c(0.05, 0.08)),
      pooled("far apart", c(-2, 0.1, 3, 1.2), c(0.01, 0.02, 0.04, 0.3))
    )
  ),
  "regression.json",
  digits = 15, auto_unbox = TRUE, na = "null", null = "null"
)
