# The sentences of the desktop. `./dev translations` brings the .ts files up to date with the source,
# `./dev check` says what is missing in them; the build only compiles them to :/i18n/*.qm.
file(GLOB translation_files CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*.ts)
if(translation_files)
    qt_add_lrelease(keydesk_ui TS_FILES ${translation_files} QM_FILES_OUTPUT_VARIABLE qm_files)
    foreach(qm_file IN LISTS qm_files)
        get_filename_component(qm_name ${qm_file} NAME)
        set_source_files_properties(${qm_file} PROPERTIES QT_RESOURCE_ALIAS ${qm_name})
    endforeach()
    qt_add_resources(keydesk_ui "keydesk_translations" PREFIX "/i18n" FILES ${qm_files})
endif()
