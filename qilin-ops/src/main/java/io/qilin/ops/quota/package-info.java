/** What one strategy may use of workers, processor, memory and graphics card: start with {@link io.qilin.ops.quota.StrategyQuotas}. */
@NullMarked
package io.qilin.ops.quota;

import org.jspecify.annotations.NullMarked;
