/** What others add on the class path: start with {@link io.qilin.api.plugin.Discovery}. */
@NullMarked
package io.qilin.api.plugin;

import org.jspecify.annotations.NullMarked;
