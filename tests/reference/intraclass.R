# Intraclass correlations with their intervals, by psych (which follows Shrout and Fleiss), and
# Cronbach's alpha. Run in this folder with `Rscript intraclass.R`; writes intraclass.json.
suppressMessages({ library(psych); library(jsonlite) })

judges <- matrix(c(9, 6, 8, 7, 10, 6, 2, 1, 4, 1, 5, 2, 5, 3, 6, 2, 6, 4, 8, 2, 8, 6, 9, 7), 6)
# Five items from 0 to 2 of twelve children, written out.
items <- matrix(c(0, 1, 2, 1, 0, 2, 1, 1, 0, 2, 2, 1,
                  0, 1, 2, 0, 0, 2, 1, 2, 0, 1, 2, 1,
                  1, 1, 1, 1, 0, 2, 0, 1, 0, 2, 2, 0,
                  0, 2, 2, 1, 1, 1, 1, 1, 0, 2, 1, 1,
                  0, 0, 2, 1, 0, 2, 2, 1, 1, 2, 2, 1), 12)
# Two raters who hardly agree.
apart <- matrix(c(3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3), 8)

case <- function(name, x, level) {
  found <- ICC(x, missing = FALSE, alpha = 1 - level, lmer = FALSE)$results
  list(name = name, level = level, ratings = x, icc = found$ICC,
    lower = found$`lower bound`, upper = found$`upper bound`,
    alpha = suppressMessages(suppressWarnings(alpha(x, check.keys = FALSE)$total$raw_alpha)))
}

write_json(list(versions = list(R = R.version$version.string, psych = as.character(packageVersion("psych"))),
  order = c("ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"),
  cases = list(case("judges", judges, 0.95), case("items", items, 0.95), case("items, 99%", items, 0.99),
    case("apart", apart, 0.95))), "intraclass.json", auto_unbox = TRUE, digits = NA, pretty = TRUE)
