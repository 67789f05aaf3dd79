/**
 * The dated rules of the A-share market: start with {@link io.qilin.core.rules.MarketRuleBook}.
 */
@NullMarked
package io.qilin.core.rules;

import org.jspecify.annotations.NullMarked;
