/**
 * From opinions to weights, and from weights to orders: start with {@link
 * io.qilin.core.portfolio.PortfolioOptimizer} for the weights and {@link
 * io.qilin.core.portfolio.Rebalance} for the orders.
 */
@NullMarked
package io.qilin.core.portfolio;

import org.jspecify.annotations.NullMarked;
