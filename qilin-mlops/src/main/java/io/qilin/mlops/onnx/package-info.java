/**
 * ONNX: writing own models, checking foreign ones before native code sees them, and scoring rows through ONNX Runtime.
 * Start at {@link io.qilin.mlops.onnx.OnnxModel}.
 */
@NullMarked
package io.qilin.mlops.onnx;

import org.jspecify.annotations.NullMarked;
