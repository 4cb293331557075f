# Control charts, trend residuals and sudden losses of many courses, in base R.
# Reads courses.csv (set, low, high, p, size, session, score), writes set, what, at, value.

target <- commandArgs(trailingOnly = TRUE)[1]
courses <- read.csv("courses.csv", colClasses = c(set = "character"))

row <- function(set, what, at, value) {
  data.frame(set = set, what = what, at = at, value = as.numeric(value))
}

moving_sigma <- function(session, score) {
  ranges <- abs(diff(score))[diff(session) <= 3]
  if (length(ranges) == 0) NA else mean(ranges) / 1.128
}

charts <- function(set, session, score, floor) {
  n <- length(score)
  out <- list()
  standardised <- function(what, basis, sigma) {
    row(set, what, session, (mean(basis) - score) / max(sigma, floor))
  }
  out$all <- standardised("chart", score, moving_sigma(session, score))
  out$sd <- standardised("chart-sd", score, sd(score))
  if (n > 5) {
    first <- 1:5
    own <- standardised("chart-baseline", score[first], moving_sigma(session[first], score[first]))
    out$baseline <- own[-first, ]
    limit <- mean(score[first]) - 3 * max(moving_sigma(session[first], score[first]), floor)
    out$limit <- row(set, "chart-baseline-limit", 0, limit)
  }
  out$past <- do.call(rbind, lapply(seq_len(n)[-(1:3)], function(t) {
    before <- seq_len(t - 1)
    sigma <- max(moving_sigma(session[before], score[before]), floor)
    row(set, "chart-past", session[t], (mean(score[before]) - score[t]) / sigma)
  }))
  do.call(rbind, out)
}

trend <- function(set, session, score, floor) {
  fit <- lm(score ~ session)
  error <- max(summary(fit)$sigma, floor)
  reach <- sqrt((length(score) - 2) * (1 - hatvalues(fit)))
  rbind(
    row(set, "trend", session, -residuals(fit) / error),
    row(set, "trend-reach", session, reach)
  )
}

losses <- function(set, session, score, low, p, size) {
  do.call(rbind, lapply(seq_along(score)[-1], function(i) {
    n <- session[i - 1]
    m <- session[i]
    pre <- score[session >= n - 2 & session <= n]
    post <- score[session >= m & session <= m + 2]
    if (length(pre) < 2 || length(post) < 2 || m - n > 3) {
      return(rbind(row(set, "loss", m, NA), row(set, "lost", m, NA)))
    }
    drop <- score[i - 1] - score[i]
    df <- length(pre) + length(post) - 2
    pooled <- sqrt(((length(pre) - 1) * var(pre) + (length(post) - 1) * var(post)) / df)
    least <- drop - p * (score[i - 1] - low)
    stays <- mean(pre) - mean(post) - qt(0.975, df) * pooled
    lost <- drop >= size - 1e-9 && least >= -1e-9 && stays > 1e-9
    rbind(
      row(set, "loss", m, min(drop - size, least, stays)),
      row(set, "lost", m, lost),
      row(set, "half", m, mean(c(score[i - 1], score[i])))
    )
  }))
}

judge <- function(course) {
  seen <- course[!is.na(course$score), ]
  set <- seen$set[1]
  floor <- 0.0375 * (seen$high[1] - seen$low[1])
  rbind(
    charts(set, seen$session, seen$score, floor),
    trend(set, seen$session, seen$score, floor),
    losses(set, seen$session, seen$score, seen$low[1], seen$p[1], seen$size[1])
  )
}

found <- do.call(rbind, lapply(split(courses, courses$set), judge))
found$value <- ifelse(is.na(found$value), "NA", formatC(found$value, digits = 17, format = "g"))
write.csv(found, target, row.names = FALSE, quote = FALSE)
