package io.qilin.ops.health;

import java.time.Duration;

/** How long a check may take, and how long its result is kept. */
record HealthLimits(Duration timeout, Duration cache) {}
