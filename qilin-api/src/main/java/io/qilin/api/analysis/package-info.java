/** From a snapshot to recommendations: start with {@link io.qilin.api.analysis.MarketSnapshot}. */
@NullMarked
package io.qilin.api.analysis;

import org.jspecify.annotations.NullMarked;
