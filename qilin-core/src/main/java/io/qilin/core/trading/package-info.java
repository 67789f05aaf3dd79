/**
 * Sending orders and surviving what goes wrong: start with {@link io.qilin.core.trading.OrderDesk};
 * {@link io.qilin.core.trading.PaperBroker} stands in for a broker.
 */
@NullMarked
package io.qilin.core.trading;

import org.jspecify.annotations.NullMarked;
