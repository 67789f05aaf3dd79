/**
 * Models: what names one, which stage it has, which features it takes, and what it does with them. Start at {@link
 * io.qilin.api.model.Predictor}.
 */
@NullMarked
package io.qilin.api.model;

import org.jspecify.annotations.NullMarked;
