/**
 * Qlib's own store of daily bars, folders of {@code .bin} files: start with {@link io.qilin.data.qlib.QlibStore} to
 * read one and {@link io.qilin.data.qlib.QlibStoreWriter} to write one.
 */
@NullMarked
package io.qilin.data.qlib;

import org.jspecify.annotations.NullMarked;
