/**
 * Serving the production version of a model, exchanged while it is used. Start at {@link
 * io.qilin.mlops.serving.ServingPredictor}.
 */
@NullMarked
package io.qilin.mlops.serving;

import org.jspecify.annotations.NullMarked;
