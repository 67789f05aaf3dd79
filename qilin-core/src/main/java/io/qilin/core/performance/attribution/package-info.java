/**
 * Where an active return came from: {@link io.qilin.core.performance.attribution.BrinsonAttribution} by industry, {@link
 * io.qilin.core.performance.attribution.FactorAttribution} by exposures. Both read {@link
 * io.qilin.core.performance.attribution.HoldingDay}.
 */
@NullMarked
package io.qilin.core.performance.attribution;

import org.jspecify.annotations.NullMarked;
