/**
 * What sources tell about the market besides daily bars, record by record: start with {@link
 * io.qilin.api.record.MarketRecord}.
 */
@NullMarked
package io.qilin.api.record;

import org.jspecify.annotations.NullMarked;
