/**
 * Learning while serving: samples whose labels come later, a buffer that survives, candidates that are tried before they are
 * used. Start at {@link io.qilin.mlops.online.OnlineLearner}.
 */
@NullMarked
package io.qilin.mlops.online;

import org.jspecify.annotations.NullMarked;
