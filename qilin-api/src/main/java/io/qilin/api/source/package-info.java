/** The seam for sources of market data: start with {@link io.qilin.api.source.MarketDataProvider}. */
@NullMarked
package io.qilin.api.source;

import org.jspecify.annotations.NullMarked;
