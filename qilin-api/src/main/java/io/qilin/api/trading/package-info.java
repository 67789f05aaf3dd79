/**
 * Orders, holdings and brokers: start with {@link io.qilin.api.trading.Portfolio}; a broker is a
 * {@link io.qilin.api.trading.BrokerGateway}.
 */
@NullMarked
package io.qilin.api.trading;

import org.jspecify.annotations.NullMarked;
