# Reliable change, in base R. Reads change.csv (set, sd, reliability, z).

target <- commandArgs(trailingOnly = TRUE)[1]
given <- read.csv("change.csv", colClasses = c(set = "character"))
# SEM and the SD of a difference of two scores from their covariance matrix
found <- do.call(rbind, lapply(seq_len(nrow(given)), function(i) {
  error <- given$sd[i]^2 * (1 - given$reliability[i])
  contrast <- c(1, -1)
  difference <- sqrt(drop(t(contrast) %*% diag(error, 2) %*% contrast))
  data.frame(
    set = given$set[i], what = c("sem", "difference", "change"), at = 0,
    value = c(sqrt(error), difference, given$z[i] * difference)
  )
}))
found$value <- formatC(found$value, digits = 17, format = "g")
write.csv(found, target, row.names = FALSE, quote = FALSE)
