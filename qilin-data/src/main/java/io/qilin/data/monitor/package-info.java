/** The records of a monitor as files: {@link io.qilin.data.monitor.MonitorFiles}. */
@NullMarked
package io.qilin.data.monitor;

import org.jspecify.annotations.NullMarked;
