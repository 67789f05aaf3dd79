/** The words of the market: start with {@link io.qilin.api.market.Panel}, the table every calculation reads. */
@NullMarked
package io.qilin.api.market;

import org.jspecify.annotations.NullMarked;
