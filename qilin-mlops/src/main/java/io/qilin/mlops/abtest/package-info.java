/**
 * A/B tests that may be looked at as often as one likes: who gets which model, what is measured, and when it is decided. Start
 * at {@link io.qilin.mlops.abtest.AbTests}; what is decided beforehand is an {@link io.qilin.mlops.abtest.AbTestPlan}.
 */
@NullMarked
package io.qilin.mlops.abtest;

import org.jspecify.annotations.NullMarked;
