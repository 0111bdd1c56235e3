/** Static files with relative addresses, so that they can lie in any folder of any site. Modules of the engine stay files. */
export default {
  base: './',
  build: { outDir: 'dist/site', emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0 },
};
