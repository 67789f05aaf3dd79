/** Risk rules and their verdicts: start with {@link io.qilin.api.risk.RiskRule}. */
@NullMarked
package io.qilin.api.risk;

import org.jspecify.annotations.NullMarked;
