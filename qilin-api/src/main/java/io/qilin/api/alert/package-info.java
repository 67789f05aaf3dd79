/** The seam for alerts: {@link io.qilin.api.alert.AlertSink}. */
@NullMarked
package io.qilin.api.alert;

import org.jspecify.annotations.NullMarked;
