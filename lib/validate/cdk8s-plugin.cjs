'use strict';

/**
 * Slipway's validation as a plugin of the cdk8s CLI, which loads plugins with require(): this file only starts the loader of
 * TypeScript and passes on to cdk8s-plugin.ts. See docs/validation.md.
 */
class SlipwayValidation {
  constructor(properties) {
    this.properties = properties;
  }

  async validate(context) {
    const { register } = await import('tsx/esm/api');
    const unregister = register();
    try {
      const { validateManifests } = await import('./cdk8s-plugin.ts');
      validateManifests(context, this.properties);
    } finally {
      await unregister();
    }
  }
}

module.exports = { SlipwayValidation };
