package io.qilin.mlflow;

import java.time.Duration;

/** How long a call may take, and a file on its way. */
record CallTimes(Duration call, Duration transfer) {}
