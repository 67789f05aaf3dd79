/** What the analysts and the desk share and nobody else needs. */
@NullMarked
package io.qilin.agents.internal;

import org.jspecify.annotations.NullMarked;
