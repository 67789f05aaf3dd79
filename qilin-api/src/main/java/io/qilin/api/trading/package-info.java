/** Orders and holdings: start with {@link io.qilin.api.trading.Portfolio}. */
@NullMarked
package io.qilin.api.trading;

import org.jspecify.annotations.NullMarked;
