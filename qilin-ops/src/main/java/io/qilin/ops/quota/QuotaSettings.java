package io.qilin.ops.quota;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What the parts of {@link StrategyQuotas} share. */
record QuotaSettings(
    int permits,
    int cores,
    int queue,
    int maxStrategies,
    long leaseNanos,
    Quota unregistered,
    LongSupplier ticker,
    ThreadMeter meter,
    @Nullable GpuMeter gpu) {}
