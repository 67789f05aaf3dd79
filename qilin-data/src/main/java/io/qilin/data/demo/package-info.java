/**
 * A made-up A-share market for first runs and tests: start with {@link io.qilin.data.demo.DemoMarket}.
 */
@NullMarked
package io.qilin.data.demo;

import org.jspecify.annotations.NullMarked;
