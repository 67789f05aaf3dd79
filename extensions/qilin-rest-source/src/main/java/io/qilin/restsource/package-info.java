/** Market data from any service that answers in JSON or CSV over HTTP: start with {@link io.qilin.restsource.RestSource}. */
@NullMarked
package io.qilin.restsource;

import org.jspecify.annotations.NullMarked;
