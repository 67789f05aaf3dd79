/**
 * Experiments and models in an MLflow tracking server. Start at {@link io.qilin.mlflow.MlflowServer}.
 */
@NullMarked
package io.qilin.mlflow;

import org.jspecify.annotations.NullMarked;
