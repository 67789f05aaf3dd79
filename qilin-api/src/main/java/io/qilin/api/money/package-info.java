/** Exact money: {@link io.qilin.api.money.Money}. */
@NullMarked
package io.qilin.api.money;

import org.jspecify.annotations.NullMarked;
