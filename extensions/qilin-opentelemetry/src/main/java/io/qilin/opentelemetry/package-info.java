/**
 * Spans and metrics of Qilin for OpenTelemetry: start with {@link io.qilin.opentelemetry.QilinTelemetry}.
 */
@NullMarked
package io.qilin.opentelemetry;

import org.jspecify.annotations.NullMarked;
