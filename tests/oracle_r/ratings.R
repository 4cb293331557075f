# Intraclass correlations and Cronbach's alpha, by the package psych.
# Reads ratings-1.csv, ratings-2.csv, ...: a column for each rater or item.

suppressPackageStartupMessages(library(psych))
target <- commandArgs(trailingOnly = TRUE)[1]

judge <- function(file) {
  ratings <- as.matrix(na.omit(read.csv(file)))
  icc <- ICC(ratings, lmer = FALSE)$results
  all <- suppressWarnings(alpha(ratings, check.keys = FALSE, warnings = FALSE))$total$raw_alpha
  data.frame(set = file, what = c(icc$type, "alpha"), at = 0, value = c(icc$ICC, all))
}

found <- do.call(rbind, lapply(Sys.glob("ratings-*.csv"), judge))
found$value <- formatC(found$value, digits = 17, format = "g")
write.csv(found, target, row.names = FALSE, quote = FALSE)
