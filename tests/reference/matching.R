# Expected results for the matching of kinfolk-stats, from R's glm and MatchIt.

library(MatchIt)
library(jsonlite)

here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))

# Made-up children of a programme and of a pool of comparators.
cohort <- local({
  set.seed(23)
  n <- 300
  age <- round(runif(n, 5, 17), 2)
  difficulties <- round(rnorm(n, 15, 5), 2)
  sex <- rbinom(n, 1, 0.45)
  authority <- sample(0:3, n, replace = TRUE)
  moves <- rpois(n, 2)
  logit <- -2.2 + 0.08 * (age - 11) + 0.07 * (difficulties - 15) + 0.4 * sex + 0.25 * moves
  data.frame(treated = rbinom(n, 1, plogis(logit)), age, difficulties, sex, authority, moves)
})
covariates <- c("age", "difficulties", "sex", "moves")
formula <- treated ~ age + difficulties + sex + moves
fit <- glm(formula, binomial, cohort, control = glm.control(epsilon = 1e-15, maxit = 100))
score <- unname(fitted(fit))
logit <- unname(predict(fit))

pairs <- function(m) {
  mm <- m$match.matrix
  rows <- lapply(seq_len(nrow(mm)), function(i) {
    controls <- mm[i, !is.na(mm[i, ])]
    if (length(controls) == 0) NULL else cbind(as.integer(rownames(mm)[i]), as.integer(controls))
  })
  rows <- do.call(rbind, rows) - 1L
  unname(rows[order(rows[, 1]), ])
}

balance <- function(m) {
  s <- summary(m, standardize = TRUE)
  columns <- c("Means Treated", "Means Control", "Std. Mean Diff.", "Var. Ratio", "eCDF Mean", "eCDF Max")
  part <- function(table, names) unname(as.matrix(table[covariates, columns]))
  list(all = part(s$sum.all), matched = part(s$sum.matched), sizes = unname(as.matrix(s$nn)))
}

# On a single score MatchIt 4.5.1 lets the caliper pass (its issue 163) and does not always take the
# nearest. Given all distances as a matrix, rows sorted in the order of choosing, and the score as a
# covariate with a caliper, it does both.
# Limits are in standard deviations, or in the covariate's own unit.
greedy <- function(name, scale, order, ratio = 1, caliper = NULL, exact = NULL, limits = NULL,
                   own_unit = FALSE) {
  cohort$place <- if (scale == "logit") logit else score
  choosing <- switch(order, largest = order(-cohort$place), smallest = order(cohort$place),
    data = seq_len(nrow(cohort)))
  sorted <- cohort[choosing, ]
  distances <- abs(outer(sorted$place[sorted$treated == 1], sorted$place[sorted$treated == 0], "-"))
  dimnames(distances) <- list(rownames(sorted)[sorted$treated == 1], rownames(sorted)[sorted$treated == 0])
  widths <- c(if (is.null(caliper)) NULL else c(place = caliper), limits)
  m <- suppressWarnings(matchit(formula, sorted, method = "nearest", distance = distances,
    m.order = "data", ratio = ratio, caliper = widths, std.caliper = c(rep(TRUE, length(caliper)), rep(!own_unit, length(limits))),
    exact = if (is.null(exact)) NULL else as.formula(paste("~", exact))))
  found <- pairs(m)
  stopifnot(is.null(caliper) ||
    max(abs(cohort$place[found[, 1] + 1] - cohort$place[found[, 2] + 1])) <= caliper * sd(cohort$place))
  list(name = name, scale = scale, order = order, ratio = ratio, caliper = caliper, exact = exact,
    limits = if (is.null(limits)) NULL else as.list(limits), own_unit = own_unit,
    pairs = found, weights = unname(m$weights[order(choosing)]), balance = balance(m))
}

cells <- function(name, cutpoints) {
  m <- matchit(formula, cohort, method = "cem", cutpoints = cutpoints)
  list(name = name, cutpoints = cutpoints, weights = unname(m$weights),
    n_cells = nlevels(droplevels(factor(m$subclass))), balance = balance(m))
}

result <- list(
  made_with = list(r = as.character(getRversion()), matchit = as.character(packageVersion("MatchIt"))),
  cohort = as.list(cohort),
  propensity = list(coefficients = unname(coef(fit)), deviance = deviance(fit), scores = score,
    logits = logit),
  greedy = list(
    greedy("highest first, no caliper", "probability", "largest"),
    greedy("highest first, logit", "logit", "largest", caliper = 0.2),
    greedy("highest first, probability", "probability", "largest", caliper = 0.05),
    greedy("lowest first", "logit", "smallest", caliper = 0.1),
    greedy("rows as they came", "logit", "data", caliper = 0.1),
    greedy("two each", "logit", "largest", ratio = 2, caliper = 0.1),
    greedy("within authorities", "logit", "largest", caliper = 0.2, exact = "authority"),
    greedy("within a limit of age", "logit", "largest", caliper = 0.5, limits = c(age = 0.25)),
    greedy("within a year of age", "logit", "largest", limits = c(age = 1), own_unit = TRUE),
    greedy("within years and points", "logit", "largest", caliper = 0.2,
      limits = c(age = 1, moves = 0.5), own_unit = TRUE),
    greedy("three each with everything", "logit", "smallest", ratio = 3, caliper = 0.4,
      exact = "authority", limits = c(age = 0.75, difficulties = 1))
  ),
  cells = list(
    cells("Sturges", "sturges"),
    cells("so many bins", list(age = 4, difficulties = 3, sex = 2, moves = 3))
  )
)

as_json <- function(x) toJSON(x, digits = I(16), auto_unbox = TRUE, null = "null", na = "null")
section <- function(name) {
  part <- result[[name]]
  text <- if (is.null(names(part))) paste0("[\n", paste(sapply(part, as_json), collapse = ",\n"), "\n]")
          else as_json(part)
  paste0("\"", name, "\": ", text)
}
writeLines(paste0("{\n", paste(sapply(names(result), section), collapse = ",\n"), "\n}"),
  file.path(here, "matching.json"))
