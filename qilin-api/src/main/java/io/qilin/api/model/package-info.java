/**
 * Models: what names one, which stage it has, which features it takes, and what it does with them. Start at {@link
 * io.qilin.api.model.Predictor}; where versions are kept is a {@link io.qilin.api.model.ModelRegistry}.
 */
@NullMarked
package io.qilin.api.model;

import org.jspecify.annotations.NullMarked;
