/**
 * Analysts that need no language model: start with {@link io.qilin.agents.analyst.MarketAnalyst}.
 */
@NullMarked
package io.qilin.agents.analyst;

import org.jspecify.annotations.NullMarked;
