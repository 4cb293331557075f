# psych::scoreItems and scoreFast, and rowMeans by hand, on one matrix; CPU seconds by function.

given <- commandArgs(trailingOnly = TRUE)
folder <- given[1]
number <- as.integer(given[-1])
items <- number[1]; rows <- number[2]; low <- number[3]; high <- number[4]; rounds <- number[5]
suppressPackageStartupMessages(library(psych))

cells <- readBin(file.path(folder, "answers.bin"), "integer", items * rows, size = 1)
cells[cells < low] <- NA
answers <- matrix(cells, ncol = items, dimnames = list(NULL, paste0("q", seq_len(items))))
key <- read.csv(file.path(folder, "key.csv"), header = FALSE)
names <- unique(key$V1)
keys <- lapply(split(key, factor(key$V1, names)), function(own) {
  paste0(ifelse(own$V3 < 0, "-", ""), "q", own$V2)
})
signs <- lapply(split(key, factor(key$V1, names)), function(own) own$V3)
places <- lapply(split(key, factor(key$V1, names)), function(own) own$V2)

by_items <- function() {
  suppressWarnings(scoreItems(keys, answers, impute = "none", min = low, max = high)$scores)
}
by_fast <- function() scoreFast(keys, answers, impute = "none", min = low, max = high)
by_hand <- function() {
  sapply(names, function(name) {
    own <- answers[, places[[name]], drop = FALSE]
    flip <- signs[[name]] < 0
    own[, flip] <- low + high - own[, flip]
    rowMeans(own, na.rm = TRUE)
  })
}
jobs <- list("psych::scoreItems" = by_items, "psych::scoreFast" = by_fast,
             "rowMeans by hand" = by_hand)
spent <- lapply(jobs, function(job) numeric(0))
for (round in seq_len(rounds)) {
  for (name in names(jobs)) {
    start <- proc.time()
    found <- jobs[[name]]()
    took <- proc.time() - start
    spent[[name]] <- c(spent[[name]], took[["user.self"]] + took[["sys.self"]])
    if (round == 1) stopifnot(isTRUE(all.equal(
      unname(as.matrix(found)), unname(as.matrix(by_hand())), check.attributes = FALSE
    )))
  }
}
writeBin(as.vector(by_items()), file.path(folder, "scores.bin"))
write.table(data.frame(names(jobs), sapply(spent, median)), file.path(folder, "cpu.csv"),
            sep = ",", row.names = FALSE, col.names = FALSE)
