/** What an order must obey before it is sent: start with {@link io.qilin.core.risk.RiskGate}. */
@NullMarked
package io.qilin.core.risk;

import org.jspecify.annotations.NullMarked;
