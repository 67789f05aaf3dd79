/** Finding sources of market data: start with {@link io.qilin.data.source.MarketDataProviders}. */
@NullMarked
package io.qilin.data.source;

import org.jspecify.annotations.NullMarked;
