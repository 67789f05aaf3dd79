/**
 * Configuration of a host, read whole or not at all, and read again when its files change: start with {@link
 * io.qilin.ops.config.ConfigLoader}.
 */
@NullMarked
package io.qilin.ops.config;

import org.jspecify.annotations.NullMarked;
